package org.intervene.read;

import org.antlr.v4.runtime.Token;

/** Decodes {@code "..."} with the escapes {@code \n \t \" \\} and {@code \}{@code uXXXX}. */
final class StringLiteral {
  private StringLiteral() {}

  static String decode(Token token, Positions positions, Problems problems) {
    String quoted = token.getText();
    if (token.getType() != IvnLexer.STRING) {
      return withoutQuotes(quoted);
    }
    String inside = quoted.substring(1, quoted.length() - 1);
    if (inside.indexOf('\\') < 0) {
      return inside;
    }
    StringBuilder out = new StringBuilder(inside.length());
    for (int i = 0; i < inside.length(); ) {
      char c = inside.charAt(i);
      if (c != '\\') {
        out.append(c);
        i++;
        continue;
      }
      int end = escapeEnd(inside, i);
      String escape = inside.substring(i, end);
      String value = value(escape);
      if (value == null) {
        int from = token.getStartIndex() + 1 + inside.codePointCount(0, i);
        int to = from + escape.codePointCount(0, escape.length());
        problems.add(
            Ids.ESCAPE,
            positions.span(from, to),
            "`" + escape + "` is no escape",
            "escapes are \\n, \\t, \\\", \\\\ and \\uXXXX with four hexadecimal digits");
      } else {
        out.append(value);
      }
      i = end;
    }
    rejectHalfPairs(out, token, positions, problems);
    return out.toString();
  }

  /** Texts that were already reported: what stands between the quotes is good enough to go on. */
  private static String withoutQuotes(String quoted) {
    boolean closed =
        quoted.length() > 1 && "'\"\u201C\u201D".indexOf(quoted.charAt(quoted.length() - 1)) >= 0;
    return quoted.substring(1, quoted.length() - (closed ? 1 : 0));
  }

  private static int escapeEnd(String text, int backslash) {
    int next = backslash + 1;
    if (text.charAt(next) != 'u') {
      return text.offsetByCodePoints(next, 1);
    }
    int end = next + 1;
    while (end < text.length()
        && end < next + 5
        && Character.digit(text.charAt(end), 16) >= 0
        && text.charAt(end) < 0x80) {
      end++;
    }
    return end;
  }

  private static String value(String escape) {
    return switch (escape.charAt(1)) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case '"' -> "\"";
      case '\\' -> "\\";
      case 'u' ->
          escape.length() == 6
              ? String.valueOf((char) Integer.parseInt(escape.substring(2), 16))
              : null;
      default -> null;
    };
  }

  private static void rejectHalfPairs(
      CharSequence text, Token token, Positions positions, Problems problems) {
    boolean half = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    if (half) {
      problems.add(
          Ids.ESCAPE,
          positions.span(token.getStartIndex(), token.getStopIndex() + 1),
          "this text has half of a surrogate pair",
          "characters above U+FFFF are written as themselves or as two \\uXXXX escapes");
    }
  }
}
