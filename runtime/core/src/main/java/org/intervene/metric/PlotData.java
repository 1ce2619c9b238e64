package org.intervene.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.intervene.ast.Expr;
import org.intervene.ast.PlotClause;

/**
 * What a plot shows.
 *
 * @param kind {@code heatmap}, {@code line}, {@code bar} or {@code table}
 * @param title the plotted expression
 * @param runs the runs that it shows
 * @param channels axis name by channel: {@code x}, {@code y}, {@code series}
 * @param mean [axes of the channels, in written order] mean over all other axes
 * @param bounds [the same, bound] 95 % bootstrap interval where examples were averaged, else NaN
 */
public record PlotData(
    String kind,
    String title,
    List<String> runs,
    Map<String, String> channels,
    LabelledArray mean,
    LabelledArray bounds) {
  public PlotData {
    runs = List.copyOf(runs);
    channels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
  }

  private static final Set<String> KINDS = Set.of("heatmap", "line", "bar", "table");
  private static final Set<String> CHANNELS = Set.of("x", "y", "series");

  /** Computes a plot's data. */
  public static PlotData of(
      PlotClause clause, MetricTables tables, Function<Expr, String> printer) {
    check(clause, tables);
    LabelledArray x = tables.value(clause.value());
    Map<String, String> channels = new LinkedHashMap<>();
    List<ArrayAxis> order = new ArrayList<>();
    for (PlotClause.Encoding encoding : clause.encodings()) {
      order.add(axis(x, encoding));
      channels.put(encoding.channel().text(), encoding.axis().text());
    }
    Set<String> others = new LinkedHashSet<>();
    x.axes().forEach(axis -> others.add(axis.name()));
    others.removeAll(channels.values());
    LabelledArray mean = Reducing.mean(x, others).ordered(order);
    LabelledArray bounds =
        others.contains(ArrayAxis.EXAMPLE)
            ? Bootstrap.interval(x, others, Summary.LEVEL)
            : Bootstrap.unknown(mean);
    order.add(ArrayAxis.bounds());
    return new PlotData(
        clause.kind().text(),
        printer.apply(clause.value()),
        NamedRuns.in(clause.value()),
        channels,
        mean,
        bounds.ordered(order));
  }

  /** A picture of a summary whose axes are all shown or averaged. */
  public static PlotData of(String kind, Summary summary, Map<String, String> channels) {
    List<ArrayAxis> order =
        new ArrayList<>(
            channels.values().stream().map(n -> summary.mean().axis(n).orElseThrow()).toList());
    Set<String> others = new LinkedHashSet<>();
    summary.mean().axes().forEach(axis -> others.add(axis.name()));
    others.removeAll(channels.values());
    LabelledArray mean = Reducing.mean(summary.mean(), others).ordered(order);
    order.add(ArrayAxis.bounds());
    LabelledArray bounds =
        others.isEmpty() ? summary.bounds().ordered(order) : Bootstrap.unknown(mean);
    return new PlotData(
        kind,
        summary.run() + "." + summary.metric(),
        List.of(summary.run()),
        channels,
        mean,
        bounds);
  }

  /** Checks a plot without drawing it: its kind, its channels and the axes that they name. */
  public static void check(PlotClause clause, MetricTables tables) {
    checkChannels(clause);
    LabelledArray x = tables.value(clause.value());
    clause.encodings().forEach(encoding -> axis(x, encoding));
  }

  private static ArrayAxis axis(LabelledArray x, PlotClause.Encoding encoding) {
    String name = encoding.axis().text();
    return x.axis(name).orElseThrow(() -> Problems.unknownAxis(encoding.axis().span(), name, x));
  }

  private static void checkChannels(PlotClause clause) {
    if (!KINDS.contains(clause.kind().text())) {
      throw Problems.error(
          "plot.unknown-kind",
          clause.kind().span(),
          "there is no plot called `%s`".formatted(clause.kind()),
          "write `heatmap`, `line`, `bar` or `table`");
    }
    Set<String> channels = new LinkedHashSet<>();
    Set<String> axes = new LinkedHashSet<>();
    for (PlotClause.Encoding encoding : clause.encodings()) {
      if (encoding.axis().text().equals(ArrayAxis.BOUND)) {
        throw Problems.error(
            "plot.channels",
            encoding.axis().span(),
            "a plot draws its intervals itself",
            "plot what the interval is of, without `ci`");
      }
      if (!CHANNELS.contains(encoding.channel().text())
          || !channels.add(encoding.channel().text())
          || !axes.add(encoding.axis().text())) {
        throw Problems.error(
            "plot.channels",
            encoding.channel().span(),
            "`%s %s` does not fit here".formatted(encoding.channel(), encoding.axis()),
            "give `x`, `y` and `series` one axis each: `x pos y layer`");
      }
    }
    if (channels.contains("y") && Set.of("line", "bar").contains(clause.kind().text())) {
      throw Problems.error(
          "plot.channels",
          clause.span(),
          "the values of a `%s` are its `y`".formatted(clause.kind()),
          "draw one for each entry of the axis: `series` instead of `y`");
    }
    boolean heatmap = clause.kind().text().equals("heatmap");
    if (!channels.contains("x") || (heatmap && !channels.contains("y"))) {
      throw Problems.error(
          "plot.channels",
          clause.span(),
          "a `%s` needs %s".formatted(clause.kind(), heatmap ? "`x` and `y`" : "`x`"),
          "write `plot %s ... x pos%s`".formatted(clause.kind(), heatmap ? " y layer" : ""));
    }
  }
}
