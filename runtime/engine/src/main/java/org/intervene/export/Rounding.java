package org.intervene.export;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.intervene.metric.Shown;

/**
 * How many decimals a table shows: the same for all numbers of a metric, so that they can be
 * compared down a column. Where none are asked for, three significant digits of the largest mean.
 */
final class Rounding {
  /** Numbers outside this range are written with a power of ten. */
  private static final double SMALL = 1e-3;

  private static final double LARGE = 1e6;

  private final Map<String, Integer> decimals = new HashMap<>();

  Rounding(List<Point> points, OptionalInt asked) {
    Map<String, Double> largest = new HashMap<>();
    for (Point point : points) {
      double size = Double.isFinite(point.mean()) ? Math.abs(point.mean()) : 0;
      largest.merge(point.metric().name(), size, Math::max);
    }
    largest.forEach((name, size) -> decimals.put(name, asked.orElse(decimals(size))));
  }

  private static int decimals(double largest) {
    if (largest == 0) {
      return 2;
    }
    return largest < SMALL || largest >= LARGE
        ? -1
        : Math.max(0, 2 - (int) Math.floor(Math.log10(largest)));
  }

  /** A number of a point's metric. */
  String text(Point point, double x) {
    int places = decimals.get(point.metric().name());
    if (places < 0 || !Double.isFinite(x)) {
      return Shown.number(x);
    }
    String text = String.format(Locale.ROOT, "%." + places + "f", x);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
