package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import org.intervene.metric.Shown;
import org.intervene.result.PlotGrid;

/** One line for each point: label, mean, interval and a bar. */
final class SeriesText {
  private static final String EIGHTHS = "\u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588";
  private static final int WIDEST_BAR = 40;

  private final PlotGrid grid;
  private final Screen screen;

  SeriesText(PlotGrid grid, Screen screen) {
    this.grid = grid;
    this.screen = screen;
  }

  List<String> lines() {
    double low = 0;
    double high = 0;
    for (int x = 0; x < grid.size("x"); x++) {
      double mean = grid.mean(x, 0, 0);
      low = Double.isFinite(mean) ? Math.min(low, mean) : low;
      high = Double.isFinite(mean) ? Math.max(high, mean) : high;
    }
    Columns columns = new Columns();
    for (int x = 0; x < grid.size("x"); x++) {
      if (grid.isPresent(x, 0, 0)) {
        columns.row(
            grid.axis("x").orElse("") + " " + Screen.safe(grid.shown("x").get(x)),
            Shown.number(grid.mean(x, 0, 0)),
            screen.quiet(Interval.of(grid.low(x, 0, 0), grid.high(x, 0, 0))),
            bar(grid.mean(x, 0, 0), low, high));
      }
    }
    return new ArrayList<>(columns.lines(""));
  }

  /** A bar from zero; below zero it ends where zero is. */
  private String bar(double value, double low, double high) {
    if (!Double.isFinite(value) || high == low) {
      return "";
    }
    int room = Math.min(WIDEST_BAR, Math.max(10, screen.width() - 45));
    double unit = room / (high - low);
    int zero = (int) Math.round(-low * unit);
    double length = Math.abs(value) * unit;
    int eighths = (int) Math.round(length * 8);
    if (value < 0) {
      int full = Math.min(zero, (eighths + 4) / 8);
      return " ".repeat(zero - full) + "\u2588".repeat(full);
    }
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8 - 1, eighths % 8);
    return " ".repeat(zero) + "\u2588".repeat(eighths / 8) + rest;
  }
}
