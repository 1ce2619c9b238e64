package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lays text out in columns; knows that some characters are two columns wide and some none. */
final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row. */
  Columns row(String... fields) {
    rows.add(List.of(fields));
    return this;
  }

  /**
   * All rows, fields padded to equal widths.
   *
   * @param indent what each line starts with
   */
  List<String> lines(String indent) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = IntStream.range(0, columns).map(this::columnWidth).toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int c = 0; c < row.size(); c++) {
        boolean last = c == row.size() - 1;
        line.append(last ? row.get(c) : padded(row.get(c), widths[c] + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int columnWidth(int column) {
    return rows.stream()
        .filter(row -> column < row.size() - 1)
        .mapToInt(row -> width(row.get(column)))
        .max()
        .orElse(0);
  }

  /** Columns that a text takes; colour codes take none. */
  static int width(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").codePoints().map(Columns::characterWidth).sum();
  }

  private static int characterWidth(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        c >= 0x1100 && c <= 0x115F
            || c >= 0x2E80 && c <= 0xA4CF
            || c >= 0xAC00 && c <= 0xD7A3
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F
            || c >= 0xFF00 && c <= 0xFF60
            || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F300 && c <= 0x1FAFF
            || c >= 0x20000 && c <= 0x3FFFD;
    return wide ? 2 : 1;
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** As much of a text as fits, with an ellipsis where something is missing. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += characterWidth(c);
      if (used > width - 1) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.append('\u2026').toString();
  }
}
