package org.intervene.export;

import java.util.List;

/** A {@code tabular} that needs no package. */
final class Latex {
  private static final String ROW_END = " \\\\\n";

  private Latex() {}

  static String of(TextGrid grid, StoredResult result) {
    StringBuilder text = new StringBuilder();
    text.append("% ").append(oneLine(result.experiment())).append('\n');
    text.append("% spec ").append(oneLine(result.specDigest())).append('\n');
    text.append("\\begin{tabular}{");
    grid.numeric().forEach(numeric -> text.append(numeric ? 'r' : 'l'));
    text.append("}\n\\hline\n");
    text.append(String.join(" & ", grid.heads().stream().map(Latex::escaped).toList()));
    text.append(ROW_END).append("\\hline\n");
    grid.rows().forEach(row -> row(text, row, grid.numeric()));
    return text.append("\\hline\n\\end{tabular}\n").toString();
  }

  private static void row(StringBuilder text, List<String> row, List<Boolean> numeric) {
    for (int c = 0; c < row.size(); c++) {
      text.append(c == 0 ? "" : " & ");
      text.append(numeric.get(c) ? number(row.get(c)) : escaped(row.get(c)));
    }
    text.append(ROW_END);
  }

  /** A comment ends with its line. */
  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  /** A number, with its interval or without, in math mode, where a minus is one. */
  static String number(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String math =
        text.replaceAll("NaN|infinity", "\\\\mathrm{$0}")
            .replaceAll("([0-9])E([+-]?)0*([0-9]+)", "$1\\\\times10^{$2$3}")
            .replace("10^{+", "10^{")
            .replace(" [", "\\;[");
    return "$" + math + "$";
  }

  /** Text in which no character means anything to TeX, nor to the end of a table's row. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '<' -> out.append("\\textless{}");
        case '>' -> out.append("\\textgreater{}");
        case '|' -> out.append("\\textbar{}");
        case '"' -> out.append("\\char34{}");
        case '`' -> out.append("\\char96{}");
        case '[', ']', '*' -> out.append('{').append(c).append('}');
        case '\u2423' -> out.append("\\textvisiblespace{}");
        case '\u21b5' -> out.append("$\\hookleftarrow$");
        case '\u21e5' -> out.append("$\\mapsto$");
        case '\u2026' -> out.append("\\dots{}");
        default -> out.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return out.toString();
  }
}
