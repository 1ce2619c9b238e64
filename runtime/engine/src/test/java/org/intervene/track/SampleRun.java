package org.intervene.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intervene.track.TrackedRun.Metric;

/**
 * A run with everything that is awkward about one. {@code tests/reference/make_mlflow.py} starts it
 * as a program to record what a real server says to it.
 */
final class SampleRun {
  static final Instant STARTED = Instant.ofEpochMilli(1_700_000_000_123L);

  private SampleRun() {}

  /**
   * The run.
   *
   * @param folder its files are written there
   */
  static TrackedRun in(Path folder) throws IOException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("model", "builtin:primer");
    parameters.put("param.city", " Zürich: \"quoted\", 東京\nand a line");
    parameters.put("param.empty", "");
    for (int i = 0; i < 100; i++) {
      parameters.put(
          "param.p%02d".formatted(i), Integer.toString(i)); // more than one request takes
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new Metric("patched/restored", -0.1, 0));
    metrics.add(new Metric("patched/restored.low", 1e-7, 0));
    metrics.add(new Metric("patched/restored.high", 1e300, 0));
    metrics.add(new Metric("clean/nan", Double.NaN, 0));
    metrics.add(new Metric("clean/up", Double.POSITIVE_INFINITY, 0));
    metrics.add(new Metric("clean/down", Double.NEGATIVE_INFINITY, 0));
    for (int layer = -1; layer < 3; layer++) {
      metrics.add(new Metric("patched/restored.by_layer", layer / 4.0, layer));
    }
    Map<String, String> tags = new TreeMap<>();
    tags.put(TrackedRun.USER_TAG, "somebody");
    tags.put("mlflow.source.type", "LOCAL");
    tags.put("mlflow.note.content", "Which positions carry the subject?\nÉ");
    tags.put("intervene.digest.spec", "sha256:11");
    tags.put("intervene.digest.data/facts", "sha256:22");
    Map<String, Path> files = new TreeMap<>();
    for (String name : List.of("result.json", "a spec + é.ivn")) {
      files.put(name, Files.writeString(folder.resolve(name), "content of " + name + "\n"));
    }
    return new TrackedRun(
        "subject tracing: \"é\"",
        "subject tracing 01234567",
        STARTED,
        STARTED.plusMillis(4500),
        new TreeMap<>(parameters),
        metrics,
        new TreeMap<>(tags),
        new TreeMap<>(files));
  }

  /** Tracks it in each of the given places; prints where it is, or why it is not. */
  public static void main(String[] places) throws IOException, InterruptedException {
    TrackedRun run = in(Files.createTempDirectory("sample"));
    for (String place : places) {
      try {
        System.out.println(Tracker.of(place, Map.of()).track(run));
      } catch (NotTracked e) {
        System.out.println("not tracked: " + e.getMessage());
      }
    }
  }
}
