package org.intervene.diagnostic;

/** How many columns of a terminal a character takes, and what stands for one that has no shape. */
final class Glyphs {
  /** First and last code points of East Asian wide characters and emoji, by Unicode Annex 11. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
  };

  private static final char NO_SHAPE = '\uFFFD';

  private Glyphs() {}

  /**
   * Columns that a character takes.
   *
   * @param column where it stands, counted from 0: a tab reaches to the next stop
   */
  static int width(int character, int column, int tab) {
    if (character == '\t') {
      return tab - column % tab;
    }
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(character) ? 2 : 1;
  }

  /** What is written for a character that takes so many columns. */
  static String shown(int character, int width) {
    if (character == '\t') {
      return " ".repeat(width);
    }
    boolean bidirectional =
        character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
    if (bidirectional) {
      return "";
    }
    return Unprintable.fits(character) ? Character.toString(character) : String.valueOf(NO_SHAPE);
  }

  /** A message that may quote the source: never a control character that a terminal would obey. */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.append(shown(c, 1)));
    return out.toString();
  }

  private static boolean isWide(int character) {
    for (int[] range : WIDE) {
      if (character <= range[1]) {
        return character >= range[0];
      }
    }
    return false;
  }
}
