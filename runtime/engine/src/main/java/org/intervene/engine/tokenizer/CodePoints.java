package org.intervene.engine.tokenizer;

/**
 * Turns indices that count code points into indices that count UTF-16 units.
 *
 * @param units [code point + 1] index of each code point's first unit, then the length of the text;
 *     null if every code point is one unit
 */
record CodePoints(int[] units) {

  static CodePoints of(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return new CodePoints(null);
    }
    int[] units = new int[count + 1];
    for (int i = 0, at = 0; i < count; i++) {
      units[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    units[count] = text.length();
    return new CodePoints(units);
  }

  int unit(int codePoint) {
    return units == null ? codePoint : units[codePoint];
  }
}
