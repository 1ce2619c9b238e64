package org.intervene.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long a tool took for a task, and what it computed.
 *
 * @param seconds of each repetition
 * @param values [row, column], such as layer and position of a sweep
 */
record Timing(String task, String tool, double[] seconds, List<double[]> values) {
  double median() {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The largest difference between what two tools computed; infinite if it is not comparable. */
  double difference(Timing other) {
    double[] mine = values.stream().flatMapToDouble(Arrays::stream).toArray();
    double[] theirs = other.values.stream().flatMapToDouble(Arrays::stream).toArray();
    if (mine.length != theirs.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < mine.length; i++) {
      double difference = Math.abs(mine[i] - theirs[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }
}
