package org.intervene.result;

import java.util.List;
import java.util.Optional;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.PlotData;

/** A plot's numbers by channel; a channel without an axis has one entry. */
public final class PlotGrid {
  private final PlotData plot;
  private final AxisLabels labels;

  public PlotGrid(PlotData plot, AxisLabels labels) {
    this.plot = plot;
    this.labels = labels;
  }

  /** Name of a channel's axis; empty if it has none. */
  public Optional<String> axis(String channel) {
    return Optional.ofNullable(plot.channels().get(channel));
  }

  public int size(String channel) {
    return found(channel).map(ArrayAxis::size).orElse(1);
  }

  /** How a channel's entries are shown. */
  public List<String> shown(String channel) {
    return found(channel).map(axis -> labels.shown(axis, plot.runs())).orElse(List.of(""));
  }

  /** The numbers of a channel's entries; empty if some have names alone. */
  public Optional<List<Double>> numbers(String channel) {
    return found(channel)
        .map(ArrayAxis::values)
        .filter(values -> values.stream().noneMatch(v -> v.isNaN()));
  }

  private Optional<ArrayAxis> found(String channel) {
    return axis(channel).flatMap(name -> plot.mean().axis(name));
  }

  private int place(int x, int y, int series) {
    LabelledArray mean = plot.mean();
    int[] indices = new int[mean.axes().size()];
    int a = 0;
    for (String channel : plot.channels().keySet()) {
      indices[a++] = channel.equals("x") ? x : channel.equals("y") ? y : series;
    }
    return mean.place(indices);
  }

  public boolean isPresent(int x, int y, int series) {
    return plot.mean().isPresent(place(x, y, series));
  }

  public double mean(int x, int y, int series) {
    return plot.mean().at(place(x, y, series));
  }

  /** Lower end of the interval; NaN if unknown. */
  public double low(int x, int y, int series) {
    return plot.bounds().at(2 * place(x, y, series));
  }

  /** Upper end of the interval; NaN if unknown. */
  public double high(int x, int y, int series) {
    return plot.bounds().at(2 * place(x, y, series) + 1);
  }

  /** A scale over all of the plot. */
  public ColourScale scale() {
    return ColourScale.of(plot.mean());
  }

  /** How numbers are written inside the plot. */
  public CellNumbers cellNumbers() {
    return CellNumbers.of(plot.mean());
  }
}
