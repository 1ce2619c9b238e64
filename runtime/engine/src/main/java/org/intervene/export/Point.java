package org.intervene.export;

import java.util.Map;
import java.util.Optional;

/**
 * A metric at one point of its run's sweep, averaged over examples.
 *
 * @param places index on each axis that the metric has, by the axis's name
 * @param low lower end of the interval, NaN if there is none
 */
record Point(
    StoredMetric metric, Map<String, Integer> places, double mean, double low, double high) {
  private Optional<StoredAxis> axis(String name) {
    return metric.axes().stream()
        .filter(a -> a.name().equals(name) && places.containsKey(name))
        .findFirst();
  }

  /** Where it lies on an axis, as people read it; empty if the metric has no such axis. */
  String shown(String name) {
    return axis(name).map(a -> a.shown().get(places.get(name))).orElse("");
  }

  /** The same as a whole number, a number or a text; null if the metric has no such axis. */
  Object entry(String name) {
    return axis(name).map(a -> a.entry(places.get(name))).orElse(null);
  }
}
