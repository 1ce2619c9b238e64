package org.intervene.diagnostic;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes diagnostics for other programs, one JSON object a line: {@code id}, {@code severity},
 * {@code file}, {@code line}, {@code column}, {@code endLine}, {@code endColumn}, {@code message},
 * {@code help}. Lines and columns count from 1 in code points, the end column is the first behind;
 * a diagnostic about a whole file has none of the four.
 */
public final class JsonLines {
  private JsonLines() {}

  /** One object, without a line end. */
  public static String of(Diagnostic diagnostic) {
    Span span = diagnostic.place().span();
    StringBuilder out = new StringBuilder("{");
    out.append("\"id\":").append(quoted(diagnostic.id()));
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    out.append(",\"severity\":").append(quoted(severity));
    out.append(",\"file\":").append(quoted(diagnostic.place().file()));
    if (span.line() > 0) {
      out.append(",\"line\":").append(span.line());
      out.append(",\"column\":").append(span.column());
      out.append(",\"endLine\":").append(span.endLine());
      out.append(",\"endColumn\":").append(span.endColumn());
    }
    out.append(",\"message\":").append(quoted(diagnostic.message()));
    String help =
        diagnostic.help().stream().map(JsonLines::quoted).collect(Collectors.joining(","));
    return out.append(",\"help\":[").append(help).append("]}").toString();
  }

  /** All of them, each with a line end. */
  public static String of(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(d -> of(d) + "\n").collect(Collectors.joining());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
