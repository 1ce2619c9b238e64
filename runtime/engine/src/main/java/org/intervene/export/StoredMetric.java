package org.intervene.export;

import java.util.List;

/**
 * A metric of a run, averaged over examples.
 *
 * @param axes of its points; none means one number
 * @param present [points] whether a point exists
 * @param mean [points] row-major along the axes
 * @param low [points] lower end of the interval, NaN where there is none
 * @param high [points] upper end
 * @param overall mean and both ends of its interval over everything
 */
record StoredMetric(
    String run,
    String name,
    List<StoredAxis> axes,
    boolean[] present,
    double[] mean,
    double[] low,
    double[] high,
    double[] overall) {
  StoredMetric {
    axes = List.copyOf(axes);
  }

  /** One index for each axis of a row-major place. */
  int[] indices(int place) {
    int[] indices = new int[axes.size()];
    int rest = place;
    for (int a = axes.size() - 1; a >= 0; a--) {
      indices[a] = rest % axes.get(a).size();
      rest /= axes.get(a).size();
    }
    return indices;
  }
}
