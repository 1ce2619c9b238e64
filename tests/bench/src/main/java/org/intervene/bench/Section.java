package org.intervene.bench;

import java.util.List;

/**
 * A table of the page with what there is to say about it.
 *
 * @param text Markdown, before the table
 * @param columns names of the columns
 * @param rows as many cells as there are columns
 */
record Section(String title, String text, List<String> columns, List<List<String>> rows) {
  String markdown() {
    StringBuilder page = new StringBuilder("## " + title + "\n\n" + text + "\n");
    page.append(line(columns)).append("|---".repeat(columns.size())).append("|\n");
    rows.forEach(row -> page.append(line(row)));
    return page.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
