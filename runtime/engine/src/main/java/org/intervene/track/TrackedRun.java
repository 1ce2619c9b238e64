package org.intervene.track;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What MLflow gets of a run.
 *
 * @param files by the name that they get there
 */
public record TrackedRun(
    String experiment,
    String name,
    Instant started,
    Instant ended,
    SortedMap<String, String> parameters,
    List<Metric> metrics,
    SortedMap<String, String> tags,
    SortedMap<String, Path> files) {
  /** MLflow's tag of a run's name. */
  static final String NAME_TAG = "mlflow.runName";

  /** MLflow's tag of who ran it. */
  static final String USER_TAG = "mlflow.user";

  /**
   * A number of a run.
   *
   * @param step orders the numbers of one key; a sweep's entry
   */
  public record Metric(String key, double value, long step) {}

  public TrackedRun {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    metrics = List.copyOf(metrics);
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  String user() {
    return tags.getOrDefault(USER_TAG, "");
  }
}
