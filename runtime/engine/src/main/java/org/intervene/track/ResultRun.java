package org.intervene.track;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.intervene.ast.Word;
import org.intervene.digest.Sha256;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.Expectation;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.Summary;
import org.intervene.result.Provenance;
import org.intervene.result.Result;
import org.intervene.result.ResultDigest;
import org.intervene.result.RunInfo;

/** What of a result is a parameter, a metric or a tag. */
public final class ResultRun {
  private static final int SHORT = 8;

  /** Beyond it, not every whole number is a double. */
  private static final double LARGEST_STEP = 1L << 53;

  private final Result result;
  private final RunInfo info;
  private final String digest;

  private ResultRun(Result result, RunInfo info) {
    this.result = result;
    this.info = info;
    this.digest = ResultDigest.of(result);
  }

  /**
   * A finished run. It is named by its experiment and the first digits of its result's digest: runs
   * that gave the same have the same name.
   *
   * @param user who ran it
   * @param files by the name that they get
   */
  public static TrackedRun of(
      Result result, RunInfo info, String user, SortedMap<String, Path> files) {
    ResultRun run = new ResultRun(result, info);
    String experiment = result.spec().experiment().text();
    String mark = run.digest.substring(Sha256.PREFIX.length()).substring(0, SHORT);
    return new TrackedRun(
        experiment,
        experiment + " " + mark,
        info.started(),
        info.started().plus(info.wall()),
        run.parameters(),
        run.metrics(),
        run.tags(user),
        files);
  }

  private SortedMap<String, String> parameters() {
    Provenance from = result.provenance();
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("model", from.modelSource());
    parameters.put("dtype", from.dtype());
    parameters.put("device", from.device());
    parameters.put("bos", from.bos());
    parameters.put("engine", from.engine());
    parameters.put("intervene", from.version());
    from.parameters().forEach((name, value) -> parameters.put("param." + name, value));
    return parameters;
  }

  private SortedMap<String, String> tags(String user) {
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put(TrackedRun.USER_TAG, user);
    tags.put("mlflow.source.name", info.specPath());
    tags.put("mlflow.source.type", "LOCAL");
    result.spec().about().map(Word::text).ifPresent(text -> tags.put("mlflow.note.content", text));
    tags.put("intervene.digest.spec", result.provenance().specDigest());
    tags.put("intervene.digest.result", digest);
    result.provenance().digests().forEach((of, value) -> tags.put("intervene.digest." + of, value));
    long held = result.expectations().stream().filter(Expectation::passed).count();
    tags.put("intervene.expectations", held + " of " + result.expectations().size() + " held");
    return tags;
  }

  private List<TrackedRun.Metric> metrics() {
    List<TrackedRun.Metric> metrics = new ArrayList<>();
    for (Summary summary : result.summaries()) {
      String key = summary.run() + "/" + summary.metric();
      metrics.add(new TrackedRun.Metric(key, summary.overall().at(0), 0));
      LabelledArray bounds = summary.overallBounds();
      if (!Double.isNaN(bounds.at(0)) && !Double.isNaN(bounds.at(1))) {
        metrics.add(new TrackedRun.Metric(key + ".low", bounds.at(0), 0));
        metrics.add(new TrackedRun.Metric(key + ".high", bounds.at(1), 0));
      }
      curve(metrics, key, summary.mean());
    }
    return metrics;
  }

  /** A sweep over whole numbers alone is a curve, with a step for each of them. */
  private static void curve(List<TrackedRun.Metric> metrics, String key, LabelledArray mean) {
    if (mean.axes().size() != 1) {
      return;
    }
    ArrayAxis axis = mean.axes().get(0);
    if (axis.values().stream().allMatch(v -> v == Math.rint(v) && Math.abs(v) < LARGEST_STEP)) {
      for (int i = 0; i < mean.size(); i++) {
        if (mean.isPresent(i)) {
          long step = axis.values().get(i).longValue();
          metrics.add(new TrackedRun.Metric(key + ".by_" + axis.name(), mean.at(i), step));
        }
      }
    }
  }
}
