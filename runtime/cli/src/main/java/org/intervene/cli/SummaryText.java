package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import org.intervene.metric.Expectation;
import org.intervene.metric.PlotData;
import org.intervene.metric.Shown;
import org.intervene.metric.Summary;
import org.intervene.result.PlotGrid;
import org.intervene.result.Result;

/** A result for someone at a terminal. */
final class SummaryText {
  private final Result result;
  private final Screen screen;
  private final List<String> lines = new ArrayList<>();

  private SummaryText(Result result, Screen screen) {
    this.result = result;
    this.screen = screen;
  }

  static List<String> of(Result result, Screen screen) {
    SummaryText text = new SummaryText(result, screen);
    text.metrics();
    result.plots().forEach(text::plot);
    text.expectations();
    return text.lines;
  }

  private void heading(String text, String about) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(screen.bold(Screen.safe(text)) + screen.quiet(Screen.safe(about)));
  }

  /** Which axis goes down and which across. */
  private static String directions(PlotData plot) {
    String down = plot.channels().getOrDefault("y", plot.channels().get("series"));
    return down == null ? "" : "  " + down + " down, " + plot.channels().get("x") + " across";
  }

  private void metrics() {
    if (result.summaries().isEmpty()) {
      return;
    }
    Columns columns =
        new Columns()
            .row(
                screen.bold("run"),
                screen.bold("metric"),
                screen.bold("mean"),
                screen.bold("95 % interval"));
    for (Summary s : result.summaries()) {
      columns.row(
          Screen.safe(s.run()),
          Screen.safe(s.metric()),
          Shown.number(s.overall().at(0)),
          Interval.of(s.overallBounds().at(0), s.overallBounds().at(1)));
    }
    lines.addAll(columns.lines(""));
  }

  private void plot(PlotData plot) {
    PlotGrid grid = new PlotGrid(plot, result.labels());
    boolean flat = plot.kind().equals("line") || plot.kind().equals("bar");
    heading(plot.title(), directions(plot));
    if (flat && grid.axis("series").isEmpty()) {
      lines.addAll(new SeriesText(grid, screen).lines());
      return;
    }
    if (flat) {
      grid = new PlotGrid(seriesAsRows(plot), result.labels());
    }
    List<String> names = grid.shown("series");
    for (int s = 0; s < names.size(); s++) {
      if (grid.axis("series").isPresent()) {
        lines.add(Screen.safe(grid.axis("series").get() + " " + names.get(s)));
      }
      lines.addAll(new HeatMapText(grid, s, screen).lines());
    }
  }

  private static PlotData seriesAsRows(PlotData plot) {
    var channels = new java.util.LinkedHashMap<String, String>();
    plot.channels()
        .forEach((channel, axis) -> channels.put(channel.equals("series") ? "y" : channel, axis));
    return new PlotData("heatmap", plot.title(), plot.runs(), channels, plot.mean(), plot.bounds());
  }

  private void expectations() {
    if (result.expectations().isEmpty()) {
      return;
    }
    heading("expectations", "");
    Columns columns = new Columns();
    for (Expectation e : result.expectations()) {
      columns.row(
          e.passed() ? screen.good("\u2713") : screen.bad("\u2717"),
          Screen.safe(e.text()),
          "seen " + Screen.safe(e.seen()));
    }
    lines.addAll(columns.lines(""));
  }
}
