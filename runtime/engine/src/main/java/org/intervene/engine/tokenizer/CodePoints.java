package org.intervene.engine.tokenizer;

/** Turns indices that count code points into indices that count UTF-16 units. */
final class CodePoints {
  /** [code point + 1] index of its first unit, then the length; null if all are one unit. */
  private final int[] units;

  private final int count;

  private CodePoints(int count, int[] units) {
    this.count = count;
    this.units = units;
  }

  static CodePoints of(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return new CodePoints(count, null);
    }
    int[] units = new int[count + 1];
    for (int i = 0, at = 0; i < count; i++) {
      units[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    units[count] = text.length();
    return new CodePoints(count, units);
  }

  /** How many code points the text has. */
  int count() {
    return count;
  }

  /** Index of the first unit of a code point, or the length of the text for {@link #count}. */
  int unit(int codePoint) {
    return units == null ? codePoint : units[codePoint];
  }
}
