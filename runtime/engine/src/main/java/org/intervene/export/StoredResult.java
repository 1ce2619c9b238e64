package org.intervene.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.result.ResultDirectory;

/** A result as {@code run -o} wrote it. */
public final class StoredResult {
  private static final int FORMAT = 1;

  private final Path directory;
  private final JsonNode root;
  private final List<StoredRun> runs = new ArrayList<>();
  private final List<StoredMetric> metrics = new ArrayList<>();

  private StoredResult(Path directory, JsonNode root) {
    this.directory = directory;
    this.root = root;
  }

  /**
   * Reads a result's directory.
   *
   * @throws DiagnosticException if it holds none, or one that cannot be read
   */
  public static StoredResult read(Path directory) {
    Path file = directory.resolve(ResultDirectory.RESULT);
    if (!Files.isRegularFile(file)) {
      throw ExportProblems.noResult(directory, "it holds no result.json");
    }
    try {
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      if (root.path("format").asInt() != FORMAT) {
        throw ExportProblems.noResult(
            file, "it has format %s, not %d".formatted(root.path("format"), FORMAT));
      }
      StoredResult result = new StoredResult(directory, root);
      root.path("runs").forEach(result::readRun);
      root.path("runs").forEach(result::readMetrics);
      return result;
    } catch (IOException e) {
      throw ExportProblems.noResult(file, "it cannot be read");
    } catch (IllegalArgumentException e) {
      throw ExportProblems.noResult(file, String.valueOf(e.getMessage()));
    }
  }

  private void readRun(JsonNode node) {
    List<StoredAxis> axes = new ArrayList<>();
    node.path("axes").forEach(axis -> axes.add(StoredJson.axis(axis)));
    runs.add(new StoredRun(node.path("name").asText(), node.path("examples").asInt(), axes));
  }

  private void readMetrics(JsonNode node) {
    String run = node.path("name").asText();
    for (JsonNode metric : node.path("metrics")) {
      JsonNode points = metric.path("cells").isObject() ? metric.path("cells") : metric;
      StoredJson.requireShape(points);
      List<StoredAxis> axes = new ArrayList<>();
      for (int a = 0; a < points.path("axes").size(); a++) {
        axes.add(axis(run, points.path("axes").get(a).asText(), points.path("shape").path(a)));
      }
      int size = axes.stream().mapToInt(StoredAxis::size).reduce(1, (m, n) -> m * n);
      double[] overall = {
        StoredJson.number(metric.path("mean")),
        StoredJson.number(metric.path("low")),
        StoredJson.number(metric.path("high"))
      };
      metrics.add(
          new StoredMetric(
              run,
              metric.path("name").asText(),
              axes,
              StoredJson.present(points.path("mean"), size),
              StoredJson.numbers(points.path("mean"), size),
              StoredJson.numbers(points.path("low"), size),
              StoredJson.numbers(points.path("high"), size),
              overall));
    }
  }

  /** An axis by its name: the run's own, or of another run whose values the metric reads. */
  private StoredAxis axis(String run, String name, JsonNode size) {
    return axis(name, size, r -> r.name().equals(run));
  }

  /** An axis of a run that an expression speaks of, or of another. */
  StoredAxis axisOf(String expression, String name, JsonNode size) {
    return axis(
        name,
        size,
        r -> Pattern.compile("\\b" + Pattern.quote(r.name()) + "\\.").matcher(expression).find());
  }

  private StoredAxis axis(String name, JsonNode size, Predicate<StoredRun> first) {
    return Stream.concat(runs.stream().filter(first), runs.stream().filter(first.negate()))
        .flatMap(r -> r.axis(name).stream())
        .filter(axis -> axis.size() == size.asInt())
        .findFirst()
        .orElseGet(() -> StoredAxis.counted(name, size.asInt()));
  }

  Path directory() {
    return directory;
  }

  JsonNode root() {
    return root;
  }

  /** The experiment's name. */
  public String experiment() {
    return root.path("experiment").asText();
  }

  /** Digest of the spec's text. */
  public String specDigest() {
    return root.at("/spec/digest").asText();
  }

  /** Share of the intervals, in per cent. */
  String level() {
    return Math.round(100 * root.at("/intervals/level").asDouble()) + " %";
  }

  List<StoredRun> runs() {
    return runs;
  }

  /**
   * Metrics of the wanted names, in the order of the file.
   *
   * @throws DiagnosticException if a wanted name is not there
   */
  List<StoredMetric> metrics(Wanted wanted) {
    TreeSet<String> names = new TreeSet<>();
    metrics.forEach(metric -> names.add(metric.name()));
    require("run", wanted.runs(), new TreeSet<>(runs.stream().map(StoredRun::name).toList()));
    require("metric", wanted.metrics(), names);
    return metrics.stream().filter(m -> wanted.includes(m.run(), m.name())).toList();
  }

  private void require(String what, List<String> wanted, TreeSet<String> known) {
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw ExportProblems.unknown(directory, what, name, known);
      }
    }
  }
}
