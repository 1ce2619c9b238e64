package org.intervene.export;

import java.util.List;

/**
 * Which part of a result is exported; an empty list means all.
 *
 * @param runs names of runs
 * @param metrics names of metrics
 */
public record Wanted(List<String> runs, List<String> metrics) {
  /** Everything. */
  public static final Wanted ALL = new Wanted(List.of(), List.of());

  public Wanted {
    runs = List.copyOf(runs);
    metrics = List.copyOf(metrics);
  }

  boolean includes(String run, String metric) {
    return (runs.isEmpty() || runs.contains(run))
        && (metrics.isEmpty() || metrics.contains(metric));
  }
}
