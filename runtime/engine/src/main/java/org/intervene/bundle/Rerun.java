package org.intervene.bundle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the metrics of a rerun compare with those of a bundle, both as {@code metrics.csv}.
 *
 * @param values how many there are
 * @param worst the largest difference, as a share of the bundle's value where that is above one;
 *     infinite where one is no number or a line is missing
 * @param where the line that differs most, without its value
 */
public record Rerun(int values, double worst, String where) {

  /** A rerun on the machine of the bundle gives the same bytes; elsewhere rounding differs. */
  public static final double TOLERANCE = 1e-4;

  /** Compares line by line, whatever their order. */
  public static Rerun compare(String bundled, String fresh) {
    Map<String, String> expected = lines(bundled);
    Map<String, String> seen = lines(fresh);
    double worst = 0;
    String where = "";
    for (Map.Entry<String, String> line : expected.entrySet()) {
      double difference = difference(line.getValue(), seen.remove(line.getKey()));
      if (difference > worst) {
        worst = difference;
        where = line.getKey();
      }
    }
    return seen.isEmpty()
        ? new Rerun(expected.size(), worst, where)
        : new Rerun(expected.size(), Double.POSITIVE_INFINITY, seen.keySet().iterator().next());
  }

  /** Whether every value is there and near enough. */
  public boolean agrees() {
    return worst <= TOLERANCE;
  }

  private static Map<String, String> lines(String csv) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : csv.lines().skip(1).toList()) {
      int comma = line.lastIndexOf(',');
      values.put(line.substring(0, Math.max(comma, 0)), line.substring(comma + 1));
    }
    return values;
  }

  private static double difference(String expected, String seen) {
    if (expected.equals(seen)) {
      return 0;
    }
    try {
      double then = Double.parseDouble(expected);
      double now = Double.parseDouble(seen == null ? "" : seen);
      double difference = Math.abs(then - now) / Math.max(1, Math.abs(then));
      return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
