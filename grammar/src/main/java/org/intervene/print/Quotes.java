package org.intervene.print;

import org.intervene.diagnostic.Unprintable;

/** Texts between quotes, with as few escapes as there can be. */
final class Quotes {
  private Quotes() {}

  /** A text of the DSL. */
  static String dsl(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c, "\\u%04X"));
    return out.append('"').toString();
  }

  /** A scalar of YAML between double quotes. */
  static String yamlDouble(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c, c < 0x100 ? "\\x%02X" : "\\u%04X"));
    return out.append('"').toString();
  }

  /** A scalar of YAML between single quotes; only for texts of one line that can be printed. */
  static String yamlSingle(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static void append(StringBuilder out, int codePoint, String escape) {
    switch (codePoint) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (Unprintable.fits(codePoint)) {
          out.appendCodePoint(codePoint);
        } else {
          out.append(String.format(escape, codePoint));
        }
      }
    }
  }
}
