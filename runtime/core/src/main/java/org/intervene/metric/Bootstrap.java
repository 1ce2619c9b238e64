package org.intervene.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Percentile intervals of a mean by the bootstrap: examples are drawn with replacement {@value
 * #RESAMPLES} times and the mean is taken of each draw; the ends are quantiles of those means
 * (Efron and Tibshirani, An Introduction to the Bootstrap, section 13.3).
 *
 * <p>The draws come from SplitMix64 (Steele, Lea and Flood 2014) started at {@value #SEED}; they
 * depend on nothing but the number of examples, so intervals are equal on every machine and all
 * cells of a sweep see the same draws.
 */
public final class Bootstrap {
  /** Draws of an interval. */
  public static final int RESAMPLES = 2000;

  /** Where the generator starts. */
  public static final long SEED = 1;

  /** Cells whose draws are in memory together: 4 MB. Each batch makes the same draws again. */
  private static final int AT_ONCE = 256;

  private Bootstrap() {}

  /**
   * Interval of the mean over the named axes. Whole examples are drawn if {@code example} is among
   * them, otherwise entries along all named axes.
   *
   * @param level such as 0.95
   * @return [axes that are not named, bound]; NaN where only one example exists, which says nothing
   *     about spread
   */
  public static LabelledArray interval(LabelledArray x, Set<String> names, double level) {
    Set<String> units =
        names.contains(ArrayAxis.EXAMPLE) && x.axis(ArrayAxis.EXAMPLE).isPresent()
            ? Set.of(ArrayAxis.EXAMPLE)
            : names;
    List<ArrayAxis> kept = Reducing.kept(x, names);
    List<ArrayAxis> order = new ArrayList<>(Reducing.among(x, units));
    int drawn = LabelledArray.size(order);
    order.addAll(kept);
    Set<String> within = new java.util.HashSet<>(names);
    within.removeAll(units);
    LabelledArray sums = Reducing.over(x, within, Statistics::sum);
    LabelledArray counts = Reducing.count(x, within);
    int[] places = sums.placesAlong(order);
    int cells = LabelledArray.size(kept);
    double[] sum = new double[places.length];
    double[] count = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      count[i] = counts.at(places[i]);
      sum[i] = sums.isPresent(places[i]) ? sums.at(places[i]) : 0;
    }
    return bounds(kept, sum, count, drawnPerCell(count, drawn, cells), level);
  }

  /** No interval at all: [axes, bound] filled with NaN. */
  static LabelledArray unknown(LabelledArray mean) {
    List<ArrayAxis> axes = new ArrayList<>(mean.axes());
    axes.add(ArrayAxis.bounds());
    double[] data = new double[mean.size() * 2];
    Arrays.fill(data, Double.NaN);
    return LabelledArray.of(axes, data);
  }

  /**
   * Means of every draw, [cell][draw], for some cells; a draw in which a cell has no entry is left
   * out.
   *
   * @param sum [drawn, cell]
   * @param all number of cells
   * @param first of the cells that are wanted
   * @param cells how many are
   */
  private static double[][] resample(double[] sum, double[] count, int all, int first, int cells) {
    double[][] means = new double[cells][RESAMPLES];
    int[] filled = new int[cells];
    long state = SEED;
    int drawn = sum.length / all;
    int[] times = new int[drawn];
    double[] s = new double[cells];
    double[] n = new double[cells];
    for (int r = 0; r < RESAMPLES; r++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < drawn; i++) {
        state += 0x9E3779B97F4A7C15L;
        times[(int) ((mix(state) >>> 32) * drawn >>> 32)]++;
      }
      Arrays.fill(s, 0);
      Arrays.fill(n, 0);
      for (int u = 0; u < drawn; u++) {
        for (int c = 0; times[u] > 0 && c < cells; c++) {
          s[c] += times[u] * sum[u * all + first + c];
          n[c] += times[u] * count[u * all + first + c];
        }
      }
      for (int c = 0; c < cells; c++) {
        if (n[c] > 0) {
          means[c][filled[c]++] = s[c] / n[c];
        }
      }
    }
    for (int c = 0; c < cells; c++) {
      means[c] = Arrays.copyOf(means[c], filled[c]);
    }
    return means;
  }

  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static int[] drawnPerCell(double[] count, int drawn, int cells) {
    int[] units = new int[cells];
    for (int i = 0; i < drawn * cells; i++) {
      units[i % cells] += count[i] > 0 ? 1 : 0;
    }
    return units;
  }

  private static LabelledArray bounds(
      List<ArrayAxis> kept, double[] sum, double[] count, int[] units, double level) {
    List<ArrayAxis> axes = new ArrayList<>(kept);
    axes.add(ArrayAxis.bounds());
    double[] data = new double[units.length * 2];
    boolean[] present = new boolean[data.length];
    for (int first = 0; first < units.length; first += AT_ONCE) {
      int cells = Math.min(AT_ONCE, units.length - first);
      double[][] means = resample(sum, count, units.length, first, cells);
      for (int i = 0; i < cells; i++) {
        int c = first + i;
        present[2 * c] = present[2 * c + 1] = units[c] > 0;
        data[2 * c] = units[c] < 2 ? Double.NaN : Statistics.quantile(means[i], (1 - level) / 2);
        data[2 * c + 1] =
            units[c] < 2 ? Double.NaN : Statistics.quantile(means[i], (1 + level) / 2);
      }
    }
    return LabelledArray.of(axes, data, present);
  }
}
