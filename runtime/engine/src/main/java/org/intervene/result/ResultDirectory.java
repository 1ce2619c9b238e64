package org.intervene.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.safetensors.SafetensorsWriter;

/**
 * The directory that a result is written to. A result appears whole or not at all: everything is
 * written beside the target first, and then takes its place.
 */
public final class ResultDirectory {
  /** Provenance, axes, reduced metrics with intervals, expectations. */
  public static final String RESULT = "result.json";

  private static final String METRICS = "metrics.csv";
  private static final String TENSORS = "tensors.safetensors";
  private static final String REPORT = "report.html";
  private static final String RUN = "run.json";

  /** All that a run writes: anything else in a directory is somebody's own. */
  private static final Set<String> OWN = Set.of(RESULT, METRICS, TENSORS, REPORT, RUN);

  private final Path target;

  private ResultDirectory(Path target) {
    this.target = target;
  }

  /**
   * Makes sure, before any work is done, that a result can be written there: that the parent
   * directory can be written to, and that what stands there already is an older result or nothing.
   *
   * @throws DiagnosticException if not
   */
  public static ResultDirectory open(Path path) {
    try {
      Path target = Files.isDirectory(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
      if (Files.exists(target) && !replaceable(target)) {
        throw DiagnosticException.resource(
            Diagnostic.inFile(
                "result.not-a-result",
                path.toString(),
                "this is there already and is not a result of an earlier run, or holds other files,"
                    + " too",
                "choose another directory with `-o`, or move it away yourself"));
      }
      Path parent = parent(target);
      Files.createDirectories(parent);
      Files.delete(Files.createTempFile(parent, ".intervene", ".probe"));
      return new ResultDirectory(target);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static boolean replaceable(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return false;
    }
    try (Stream<Path> files = Files.list(target)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      return names.isEmpty() || (OWN.containsAll(names) && isResult(target.resolve(RESULT)));
    }
  }

  /** Whether a file begins as the results of this program do. */
  private static boolean isResult(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      return json.nextToken() == JsonToken.START_OBJECT
          && "format".equals(json.nextFieldName())
          && json.nextToken() == JsonToken.VALUE_NUMBER_INT
          && "digest".equals(json.nextFieldName());
    } catch (IOException e) {
      return false;
    }
  }

  private static Path parent(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileSystemException(target.toString(), null, "cannot be replaced");
    }
    return parent;
  }

  /** Where a run that is to be written here writes down what it has finished. */
  public Path journal() {
    return target.resolveSibling("." + target.getFileName() + ".journal");
  }

  /**
   * Clears away what a process left that was killed while it wrote a result here. Only for who
   * knows that no other process is writing.
   */
  public void tidy() {
    try {
      for (Path old : beside("old")) {
        if (Files.exists(target)) {
          delete(old);
        } else {
          Files.move(old, target);
        }
      }
      beside("partial").forEach(ResultDirectory::delete);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private List<Path> beside(String kind) throws IOException {
    String start = "." + target.getFileName() + "." + kind + "-";
    try (Stream<Path> all = Files.list(parent(target))) {
      return all.filter(p -> p.getFileName().toString().startsWith(start)).sorted().toList();
    }
  }

  /**
   * Writes a result in the place of an older one.
   *
   * @throws DiagnosticException if it cannot be written; the older one is left as it was
   */
  public void write(Result result, RunInfo info) {
    String mark = Long.toHexString(System.nanoTime() ^ ProcessHandle.current().pid() << 40);
    Path fresh = target.resolveSibling("." + target.getFileName() + ".partial-" + mark);
    Path old = target.resolveSibling("." + target.getFileName() + ".old-" + mark);
    Thread interrupted = new Thread(() -> abandon(fresh, old));
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean done = false;
    try {
      Files.createDirectory(fresh);
      fill(fresh, result, info);
      if (Files.exists(target)) {
        Files.move(target, old);
      }
      Files.move(fresh, target);
      done = true;
      delete(old);
    } catch (IOException e) {
      throw failed(target, e);
    } finally {
      if (!done) {
        abandon(fresh, old);
      }
      forget(interrupted);
    }
  }

  /** Puts things back as they were. */
  private void abandon(Path fresh, Path old) {
    if (Files.exists(old) && !Files.exists(target)) {
      try {
        Files.move(old, target);
      } catch (IOException e) {
        throw failed(old, e);
      }
    }
    delete(fresh);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already; the hook finds nothing to do
    }
  }

  private static void fill(Path directory, Result result, RunInfo info) throws IOException {
    writeContent(directory, result);
    text(directory.resolve(RUN), Json.text(RunJson.of(info)));
  }

  /** Writes what is the same on every rerun into a folder: all but {@code run.json}. */
  public static void writeContent(Path directory, Result result) throws IOException {
    text(directory.resolve(RESULT), Json.text(ResultJson.of(result)));
    text(directory.resolve(METRICS), MetricsCsv.of(result.tables()));
    CollectedTensors collected = CollectedTensors.of(result.plan(), result.execution());
    if (!collected.tensors().isEmpty()) {
      SafetensorsWriter.write(
          directory.resolve(TENSORS), collected.tensors(), collected.metadata());
    }
    text(directory.resolve(REPORT), Report.of(result));
  }

  private static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // what is left is hidden, beside the result, and harms nothing
    }
  }

  private static DiagnosticException failed(Path path, IOException e) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "result.write-failed",
            path.toString(),
            "the result cannot be written here: " + reason(e),
            "free the space or the permission it needs, or choose another directory with `-o`"));
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return List.of(String.valueOf(e.getMessage()).split("\n")).get(0);
  }
}
