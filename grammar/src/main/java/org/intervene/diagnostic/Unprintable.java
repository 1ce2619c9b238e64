package org.intervene.diagnostic;

/** Characters that no notation and no terminal shows as they are. */
public final class Unprintable {
  private Unprintable() {}

  /**
   * Whether a character may stand in a file of either notation: neither a control character nor a
   * line break of one of them, nor half of a surrogate pair, nor a byte order mark.
   */
  public static boolean fits(int codePoint) {
    if (codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0)) {
      return false;
    }
    boolean lineBreak = codePoint == 0x2028 || codePoint == 0x2029;
    boolean noCharacter =
        (codePoint >= 0xD800 && codePoint <= 0xDFFF) || codePoint == 0xFFFE || codePoint == 0xFFFF;
    return !lineBreak && !noCharacter && codePoint != 0xFEFF;
  }
}
