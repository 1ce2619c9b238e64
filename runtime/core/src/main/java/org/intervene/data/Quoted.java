package org.intervene.data;

import org.intervene.diagnostic.Unprintable;

/** Texts as messages show them. */
final class Quoted {
  private static final int MOST = 60;

  private Quoted() {}

  /** In quotation marks, with escapes for what a terminal would not show, long ones cut short. */
  static String of(String text) {
    StringBuilder shown = new StringBuilder("\"");
    int[] points = text.codePoints().limit(MOST + 1L).toArray();
    for (int i = 0; i < Math.min(points.length, MOST); i++) {
      shown.append(character(points[i]));
    }
    return shown.append(points.length > MOST ? "…\"" : "\"").toString();
  }

  private static String character(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> Unprintable.fits(point) ? Character.toString(point) : "\\u{%X}".formatted(point);
    };
  }
}
