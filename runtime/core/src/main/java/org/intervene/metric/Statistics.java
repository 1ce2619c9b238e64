package org.intervene.metric;

import java.util.Arrays;

/** Numbers that describe a sample; NaN in, NaN out. */
final class Statistics {
  private Statistics() {}

  static double sum(double[] xs) {
    double sum = 0;
    for (double x : xs) {
      sum += x;
    }
    return sum;
  }

  static double mean(double[] xs) {
    return sum(xs) / xs.length;
  }

  /** Standard error of the mean, s / sqrt(n) with s over n - 1; NaN for fewer than two values. */
  static double sem(double[] xs) {
    if (xs.length < 2) {
      return Double.NaN;
    }
    double mean = mean(xs);
    double squares = 0;
    for (double x : xs) {
      squares += (x - mean) * (x - mean);
    }
    return Math.sqrt(squares / (xs.length - 1) / xs.length);
  }

  static double min(double[] xs) {
    return Arrays.stream(xs).reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  static double max(double[] xs) {
    return Arrays.stream(xs).reduce(Double.NEGATIVE_INFINITY, Math::max);
  }

  /**
   * Quantile with linear interpolation between order statistics (Hyndman and Fan's type 7, numpy's
   * default).
   *
   * @param q from 0 to 1
   */
  static double quantile(double[] xs, double q) {
    double[] sorted = xs.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    if (Double.isNaN(sorted[last])) {
      return Double.NaN; // Arrays.sort puts NaN last
    }
    double h = last * q;
    int below = (int) Math.floor(h);
    int above = Math.min(below + 1, last);
    double low = sorted[below];
    double high = sorted[above];
    return low == high ? low : low + (h - below) * (high - low);
  }
}
