package org.intervene.metric;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A metric of a run, averaged over its examples.
 *
 * @param mean [sweep axes...] mean over examples
 * @param bounds [sweep axes..., bound] 95 % bootstrap interval of that mean over examples; NaN
 *     where there are fewer than two
 * @param overall mean over everything
 * @param overallBounds [bound] its 95 % bootstrap interval over examples
 */
public record Summary(
    String run,
    String metric,
    LabelledArray mean,
    LabelledArray bounds,
    LabelledArray overall,
    LabelledArray overallBounds) {
  /** Share of the intervals. */
  public static final double LEVEL = 0.95;

  /** Summarises a metric's table. */
  public static Summary of(MetricTables.Table table) {
    LabelledArray x = table.values();
    Set<String> examples = Set.of(ArrayAxis.EXAMPLE);
    Set<String> all = new LinkedHashSet<>();
    x.axes().forEach(axis -> all.add(axis.name()));
    return new Summary(
        table.run(),
        table.metric(),
        Reducing.mean(x, examples),
        interval(x, examples),
        Reducing.mean(x, all),
        interval(x, all));
  }

  private static LabelledArray interval(LabelledArray x, Set<String> names) {
    if (x.axis(ArrayAxis.EXAMPLE).isEmpty()) {
      // one number for the whole data: nothing is left to resample
      LabelledArray mean = Reducing.mean(x, names);
      return Bootstrap.unknown(mean);
    }
    return Bootstrap.interval(x, names, LEVEL);
  }
}
