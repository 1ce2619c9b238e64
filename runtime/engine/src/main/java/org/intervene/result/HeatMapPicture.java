package org.intervene.result;

import java.util.List;
import org.intervene.metric.Shown;

/** A heat map with labelled rows and columns and a scale beside it. */
final class HeatMapPicture {
  private static final double CHARACTER = 7.3;
  private static final double SCALE_WIDTH = 100;

  private final PlotGrid grid;
  private final int series;
  private final String title;
  private final List<String> columns;
  private final List<String> rows;
  private final double cell;
  private final double left;
  private final double top = 8;
  private final Svg svg = new Svg();
  private final ColourScale scale;
  private final CellNumbers cellNumbers;

  private HeatMapPicture(PlotGrid grid, int series, String title) {
    this.grid = grid;
    this.series = series;
    this.title = title;
    this.columns = grid.shown("x");
    this.rows = grid.shown("y");
    this.scale = grid.scale();
    this.cellNumbers = grid.cellNumbers();
    this.cell = Math.max(4, Math.min(44, 820.0 / Math.max(columns.size(), rows.size())));
    this.left = 26 + CHARACTER * longest(rows);
  }

  static String of(PlotGrid grid, int series, String title) {
    return new HeatMapPicture(grid, series, title).draw();
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private String draw() {
    double width = cell * columns.size();
    double height = cell * rows.size();
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < columns.size(); x++) {
        if (grid.isPresent(x, y, series)) {
          cell(x, y);
        }
      }
    }
    double below = labels(height);
    scale(left + width + 18, height);
    double depth = Math.max(height, 90);
    return svg.picture(left + width + SCALE_WIDTH, Math.max(below, top + depth + 8), title);
  }

  private void cell(int x, int y) {
    double value = grid.mean(x, y, series);
    boolean finite = !Double.isNaN(value);
    int rgb = finite ? scale.rgb(value) : 0x808080;
    String where =
        "%s %s, %s %s: %s"
            .formatted(
                grid.axis("y").orElse(""),
                rows.get(y),
                grid.axis("x").orElse(""),
                columns.get(x),
                Shown.number(value));
    svg.rectangle(left + x * cell, top + y * cell, cell, cell, Svg.colour(rgb), where);
    if (cell >= 30) {
      svg.text(
          left + (x + 0.5) * cell,
          top + (y + 0.5) * cell + 4,
          "middle",
          cellNumbers.text(value),
          "class=\"in\" style=\"fill:" + (ColourScale.isDark(rgb) ? "#fff" : "#000") + "\"");
    }
  }

  /** Labels that do not fit are thinned out evenly. */
  private double labels(double height) {
    int step = (int) Math.ceil(12 / cell);
    for (int y = 0; y < rows.size(); y += step) {
      svg.text(left - 5, top + (y + 0.5) * cell + 4, "end", rows.get(y), "");
    }
    for (int x = 0; x < columns.size(); x += step) {
      svg.upright(left + (x + 0.5) * cell + 4, top + height + 6, columns.get(x));
    }
    double below = top + height + 6 + CHARACTER * longest(columns);
    svg.text(left, below + 18, "start", grid.axis("x").orElse(""), "class=\"axis\"");
    svg.upwards(12, top + height / 2, grid.axis("y").orElse(""));
    return below + 26;
  }

  private void scale(double x, double height) {
    double depth = Math.max(height, 90);
    int steps = 48;
    for (int i = 0; i < steps; i++) {
      double value = scale.high() - (i + 0.5) / steps * (scale.high() - scale.low());
      double y = top + i * depth / steps;
      svg.rectangle(x, y, 12, depth / steps + 0.5, Svg.colour(scale.rgb(value)), "");
    }
    for (int i = 0; i <= 2; i++) {
      double value = scale.high() - i / 2.0 * (scale.high() - scale.low());
      svg.text(x + 16, top + i * depth / 2 + 4, "start", Shown.brief(value), "");
    }
    svg.upwards(x + 74, top + depth / 2, title);
  }
}
