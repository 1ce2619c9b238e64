package org.intervene.execute;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.intervene.journal.PackRecord;
import org.intervene.plan.Cell;
import org.intervene.plan.Statistic;

/** A mean over cells, accumulated in float64 in the order of the data. */
final class MeanValue {
  private final Statistic.By by;
  private final Map<Integer, double[]> sums = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();

  private MeanValue(Statistic.By by) {
    this.by = by;
  }

  /** A mean that was written down. */
  static MeanValue of(Statistic.By by, PackRecord.Mean written) {
    MeanValue mean = new MeanValue(by);
    mean.sums.putAll(written.sums());
    mean.counts.putAll(written.counts());
    return mean;
  }

  /** What has to be written down to have it again. */
  PackRecord.Mean written(int statistic) {
    return new PackRecord.Mean(statistic, Map.copyOf(sums), Map.copyOf(counts));
  }

  /** The mean over a planned statistic's cells. */
  static MeanValue of(Statistic statistic, Operands operands, IntFunction<Cell> cells) {
    MeanValue mean = new MeanValue(statistic.by());
    for (int cell : statistic.cells()) {
      HostValue value = operands.value(cell, statistic.site(), statistic.layer());
      mean.add(value, cells.apply(cell).tokens());
    }
    return mean;
  }

  /**
   * Adds one cell's value.
   *
   * @param tokens the cell's input
   */
  private void add(HostValue value, int[] tokens) {
    if (value.site().hasSources()) {
      accumulate(0, value.data(), 0, value.data().length);
      return;
    }
    int row = value.heads() * value.width();
    for (int p = 0; p < value.positions(); p++) {
      accumulate(key(p, tokens), value.data(), p * row, row);
    }
  }

  /** What keeps a position apart from others: its number, its token or nothing. */
  int key(int position, int[] tokens) {
    return switch (by) {
      case NOTHING -> 0;
      case POS -> position;
      case TOKEN -> tokens[position];
    };
  }

  private void accumulate(int key, double[] data, int start, int length) {
    double[] sum = sums.computeIfAbsent(key, k -> new double[length]);
    for (int i = 0; i < length; i++) {
      sum[i] += data[start + i];
    }
    counts.merge(key, 1, Integer::sum);
  }

  /** The mean for one element of a value that is to be replaced. */
  double at(int element, HostValue value, int[] tokens) {
    if (value.site().hasSources()) {
      return sums.get(0)[element] / counts.get(0);
    }
    int row = value.heads() * value.width();
    int key = key(element / row, tokens);
    return sums.get(key)[element % row] / counts.get(key);
  }

  /** The mean of a whole row at a position, [heads x width]. */
  double[] row(int position, int[] tokens) {
    int key = key(position, tokens);
    double[] mean = sums.get(key).clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= counts.get(key);
    }
    return mean;
  }
}
