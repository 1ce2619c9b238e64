package org.intervene.read;

import java.util.Arrays;

/** The characters of a scalar's value as they are decoded, each with its stretch of the file. */
final class ScalarDecoding {
  private int[] characters;
  private int[] from;
  private int[] to;
  private int length;
  private int end;

  ScalarDecoding(int capacity, int start) {
    characters = new int[capacity + 1];
    from = new int[capacity + 1];
    to = new int[capacity + 1];
    end = start;
  }

  void add(int character, int first, int next) {
    if (length == characters.length) {
      characters = Arrays.copyOf(characters, 2 * length);
      from = Arrays.copyOf(from, 2 * length);
      to = Arrays.copyOf(to, 2 * length);
    }
    characters[length] = character;
    from[length] = first;
    to[length] = next;
    length++;
    end = next;
  }

  int length() {
    return length;
  }

  boolean yields(int[] value) {
    return Arrays.equals(characters, 0, length, value, 0, value.length);
  }

  /**
   * Whether only line ends of the value are missing here; they are added at the end of the text.
   */
  boolean yieldsBeforeLineEnds(int[] value) {
    if (value.length < length || !Arrays.equals(characters, 0, length, value, 0, length)) {
      return false;
    }
    for (int i = length; i < value.length; i++) {
      if (value[i] != '\n') {
        return false;
      }
    }
    int last = end;
    while (length < value.length) {
      add('\n', last, last);
    }
    return true;
  }

  /** Where a character of the value begins in the file; behind the last one, where that ends. */
  int from(int index) {
    return index < length ? from[index] : end;
  }

  /** Where a character of the value ends in the file. */
  int to(int index) {
    return index < length ? to[index] : end;
  }
}
