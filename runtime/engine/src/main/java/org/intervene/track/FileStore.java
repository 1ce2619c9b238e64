package org.intervene.track;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory in the layout of MLflow's file store: {@code EXPERIMENT/RUN} with {@code meta.yaml},
 * a file for each parameter, tag and metric, and the run's files under {@code artifacts}.
 */
final class FileStore implements Tracker {
  private static final String META = "meta.yaml";

  private final Path root;

  FileStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String track(TrackedRun run) throws NotTracked {
    try {
      Files.createDirectories(root);
      Path experiment = new StoredExperiments(root).named(run.experiment());
      Path folder = experiment.resolve(UUID.randomUUID().toString().replace("-", ""));
      try {
        write(folder, run);
      } catch (IOException e) {
        delete(folder);
        throw e;
      }
      return folder.toString();
    } catch (IOException e) {
      throw new NotTracked("%s cannot be written to: %s".formatted(root, reason(e)), e);
    }
  }

  /** The description of the run comes last: without it MLflow sees no run. */
  private static void write(Path folder, TrackedRun run) throws IOException {
    for (String part : List.of("params", "metrics", "tags", "artifacts")) {
      Files.createDirectories(folder.resolve(part));
    }
    for (Map.Entry<String, String> parameter : run.parameters().entrySet()) {
      text(folder.resolve("params").resolve(parameter.getKey()), parameter.getValue());
    }
    Map<String, String> tags = new TreeMap<>(run.tags());
    tags.put(TrackedRun.NAME_TAG, run.name());
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      text(folder.resolve("tags").resolve(tag.getKey()), tag.getValue());
    }
    for (Map.Entry<String, String> metric : metrics(run).entrySet()) {
      text(folder.resolve("metrics").resolve(metric.getKey()), metric.getValue());
    }
    for (Map.Entry<String, Path> file : run.files().entrySet()) {
      Files.copy(file.getValue(), folder.resolve("artifacts").resolve(file.getKey()));
    }
    text(folder.resolve(META), MetaYaml.text(meta(folder, run)));
  }

  /** Lines of time, value and step, in the words of Python's {@code float}. */
  private static Map<String, String> metrics(TrackedRun run) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (TrackedRun.Metric metric : run.metrics()) {
      String line =
          "%d %s %d\n".formatted(run.ended().toEpochMilli(), metric.value(), metric.step());
      lines.merge(metric.key(), line, String::concat);
    }
    return lines;
  }

  private static Map<String, Object> meta(Path folder, TrackedRun run) {
    Map<String, Object> meta = new TreeMap<>();
    String id = folder.getFileName().toString();
    meta.put("artifact_uri", MetaYaml.address(folder.resolve("artifacts")));
    meta.put("end_time", run.ended().toEpochMilli());
    meta.put("entry_point_name", "");
    meta.put("experiment_id", folder.getParent().getFileName().toString());
    meta.put("lifecycle_stage", "active");
    meta.put("run_id", id);
    meta.put("run_name", run.name());
    meta.put("run_uuid", id); // its name in MLflow 2
    meta.put("source_name", "");
    meta.put("source_type", 4); // local
    meta.put("source_version", "");
    meta.put("start_time", run.started().toEpochMilli());
    meta.put("status", 3); // finished
    meta.put("tags", List.of());
    meta.put("user_id", run.user());
    return meta;
  }

  private static void text(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // a folder without meta.yaml is no run
    }
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    boolean exists = e instanceof java.nio.file.FileAlreadyExistsException;
    String said = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return exists ? e.getMessage() + " is no directory" : String.valueOf(said);
  }
}
