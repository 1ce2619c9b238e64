package org.intervene.export;

import java.util.ArrayList;
import java.util.List;

/** Tables of GitHub's Markdown, columns aligned for whoever reads the text itself. */
final class Markdown {
  private Markdown() {}

  static String of(TextGrid grid) {
    List<String> heads = grid.heads().stream().map(Markdown::escaped).toList();
    List<List<String>> rows =
        grid.rows().stream().map(row -> row.stream().map(Markdown::escaped).toList()).toList();
    int[] widths = new int[heads.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Math.max(3, heads.get(c).length());
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, heads, grid.numeric(), widths);
    List<String> rule = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      rule.add("-".repeat(widths[c] - 1) + (grid.numeric().get(c) ? ":" : "-"));
    }
    line(text, rule, grid.numeric(), widths);
    rows.forEach(row -> line(text, row, grid.numeric(), widths));
    return text.toString();
  }

  private static void line(
      StringBuilder text, List<String> cells, List<Boolean> numeric, int[] widths) {
    for (int c = 0; c < widths.length; c++) {
      String room = " ".repeat(widths[c] - cells.get(c).length());
      text.append("| ");
      text.append(numeric.get(c) ? room + cells.get(c) : cells.get(c) + room).append(' ');
    }
    text.append("|\n");
  }

  /** Text in which no character means anything to Markdown. */
  static String escaped(String text) {
    return text.replaceAll("[\\\\`*_<>|~&]", "\\\\$0").replaceAll("\\R", " ");
  }
}
