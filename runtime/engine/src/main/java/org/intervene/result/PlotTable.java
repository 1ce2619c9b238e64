package org.intervene.result;

import org.intervene.metric.Shown;

/** A plot as a table: x across, y down. */
final class PlotTable {
  private PlotTable() {}

  static String of(PlotGrid grid, int series) {
    StringBuilder html = new StringBuilder("<table>\n<thead><tr><th>");
    html.append(
        Svg.escaped(grid.axis("y").map(y -> y + " \\ ").orElse("") + grid.axis("x").orElse("")));
    html.append("</th>");
    grid.shown("x").forEach(x -> html.append("<th>").append(Svg.escaped(x)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (int y = 0; y < grid.size("y"); y++) {
      html.append("<tr><th>").append(Svg.escaped(grid.shown("y").get(y))).append("</th>");
      for (int x = 0; x < grid.size("x"); x++) {
        String value = grid.isPresent(x, y, series) ? Shown.number(grid.mean(x, y, series)) : "";
        html.append("<td>").append(value).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n").toString();
  }
}
