package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;

/** Numbers as a selection writes them. */
final class Numbers {
  private Numbers() {}

  /** {@code 0..3, 7}: ascending neighbours become ranges. */
  static String ranges(int[] numbers) {
    List<String> picks = new ArrayList<>();
    for (int i = 0; i < numbers.length; ) {
      int end = i;
      while (end + 1 < numbers.length && numbers[end + 1] == numbers[end] + 1) {
        end++;
      }
      picks.add(end == i ? "" + numbers[i] : numbers[i] + ".." + numbers[end]);
      i = end + 1;
    }
    return String.join(", ", picks);
  }

  /** What follows {@code @}: one item bare, several in brackets. */
  static String at(List<String> items) {
    return items.size() == 1 ? items.get(0) : "[" + String.join(", ", items) + "]";
  }
}
