package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.result.Result;
import org.intervene.result.ResultDirectory;
import org.intervene.result.RunInfo;
import org.intervene.track.NotTracked;
import org.intervene.track.ResultRun;
import org.intervene.track.TrackedRun;
import org.intervene.track.Tracker;

/** Sends a finished run to MLflow. Whatever happens there, the run is finished. */
final class Tracking {
  private final Tracker tracker;
  private final Path spec;
  private final Reporter reporter;

  Tracking(Tracker tracker, Path spec, Reporter reporter) {
    this.tracker = tracker;
    this.spec = spec;
    this.reporter = reporter;
  }

  /**
   * Sends the spec and the files of a result.
   *
   * @param written where the result is; if nowhere, it is written for this and removed again
   * @return what the user should know if it did not go well
   */
  Optional<Diagnostic> track(Result result, RunInfo info, Optional<Path> written) {
    try {
      if (written.isPresent()) {
        send(result, info, written.get());
      } else {
        sendTemporary(result, info);
      }
      return Optional.empty();
    } catch (NotTracked e) {
      return Optional.of(note(e.getMessage()));
    } catch (IOException e) {
      return Optional.of(note("its files cannot be read or written: " + e.getMessage()));
    } catch (DiagnosticException e) {
      return Optional.of(note(e.diagnostics().get(0).message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(note("it was interrupted"));
    }
  }

  private static Diagnostic note(String reason) {
    return Diagnostic.note("track.failed", Span.NONE, "this run is not tracked: " + reason);
  }

  private void sendTemporary(Result result, RunInfo info)
      throws IOException, NotTracked, InterruptedException {
    Path folder = Files.createTempDirectory("intervene-track");
    try {
      Path directory = folder.resolve("result");
      ResultDirectory.open(directory).write(result, info);
      send(result, info, directory);
    } finally {
      delete(folder);
    }
  }

  private void send(Result result, RunInfo info, Path directory)
      throws IOException, NotTracked, InterruptedException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, Files::isRegularFile)) {
      for (Path file : all) {
        files.put(file.getFileName().toString(), file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.put(spec.getFileName().toString(), spec);
    TrackedRun run = ResultRun.of(result, info, System.getProperty("user.name"), files);
    String where = tracker.track(run);
    reporter.remark(Screen.safe("tracked in " + where));
    reporter.event("tracked", JsonNodeFactory.instance.objectNode().put("where", where));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
