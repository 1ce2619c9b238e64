package org.intervene.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.PlotData;

/** A plot's numbers by channel; a channel without an axis has one entry. */
public final class PlotGrid {
  private final List<Channel> channels;
  private final LabelledArray mean;
  private final LabelledArray bounds;

  /**
   * What an axis of a plot is drawn along.
   *
   * @param name {@code x}, {@code y} or {@code series}
   * @param shown how its entries read
   * @param numbers the entries; empty if some have names alone
   */
  public record Channel(
      String name, String axis, List<String> shown, Optional<List<Double>> numbers) {}

  /**
   * A grid of numbers.
   *
   * @param channels one for each axis of the mean, in its order
   * @param mean [axes of the channels]
   * @param bounds [axes of the channels, bound]
   */
  public PlotGrid(List<Channel> channels, LabelledArray mean, LabelledArray bounds) {
    this.channels = List.copyOf(channels);
    this.mean = mean;
    this.bounds = bounds;
  }

  public PlotGrid(PlotData plot, AxisLabels labels) {
    this(channels(plot, labels), plot.mean(), plot.bounds());
  }

  private static List<Channel> channels(PlotData plot, AxisLabels labels) {
    List<Channel> channels = new ArrayList<>();
    plot.channels()
        .forEach(
            (channel, name) -> {
              ArrayAxis axis = plot.mean().axis(name).orElseThrow();
              List<String> shown = labels.shown(axis, plot.runs());
              channels.add(new Channel(channel, name, shown, numbers(axis.values())));
            });
    return channels;
  }

  private static Optional<List<Double>> numbers(List<Double> values) {
    return Optional.of(values).filter(all -> all.stream().noneMatch(v -> v.isNaN()));
  }

  /** Name of a channel's axis; empty if it has none. */
  public Optional<String> axis(String channel) {
    return found(channel).map(Channel::axis);
  }

  public int size(String channel) {
    return found(channel).map(c -> c.shown().size()).orElse(1);
  }

  /** How a channel's entries are shown. */
  public List<String> shown(String channel) {
    return found(channel).map(Channel::shown).orElse(List.of(""));
  }

  /** The numbers of a channel's entries; empty if some have names alone. */
  public Optional<List<Double>> numbers(String channel) {
    return found(channel).flatMap(Channel::numbers);
  }

  private Optional<Channel> found(String channel) {
    return channels.stream().filter(c -> c.name().equals(channel)).findFirst();
  }

  private int place(int x, int y, int series) {
    int[] indices = new int[channels.size()];
    for (int a = 0; a < indices.length; a++) {
      String channel = channels.get(a).name();
      indices[a] = channel.equals("x") ? x : channel.equals("y") ? y : series;
    }
    return mean.place(indices);
  }

  public boolean isPresent(int x, int y, int series) {
    return mean.isPresent(place(x, y, series));
  }

  public double mean(int x, int y, int series) {
    return mean.at(place(x, y, series));
  }

  /** Lower end of the interval; NaN if unknown. */
  public double low(int x, int y, int series) {
    return bounds.at(2 * place(x, y, series));
  }

  /** Upper end of the interval; NaN if unknown. */
  public double high(int x, int y, int series) {
    return bounds.at(2 * place(x, y, series) + 1);
  }

  /** A scale over all of the plot. */
  public ColourScale scale() {
    return ColourScale.of(mean);
  }

  /** How numbers are written inside the plot. */
  public CellNumbers cellNumbers() {
    return CellNumbers.of(mean);
  }
}
