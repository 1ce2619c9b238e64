package org.intervene.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.experiment.Options;
import org.intervene.export.StoredResult;
import org.intervene.lock.Lock;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;
import org.intervene.result.ResultDirectory;

/**
 * A result in its directory, or of a spec that is run for it into a temporary one, on what its lock
 * pins.
 */
final class ResultSource implements AutoCloseable {
  private final StoredResult stored;
  private final Optional<Path> temporary;

  private ResultSource(StoredResult stored, Optional<Path> temporary) {
    this.stored = stored;
    this.temporary = temporary;
  }

  static ResultSource open(Path source, Pipeline pipeline, Options options, Reporter reporter) {
    if (!Files.isRegularFile(source)) {
      return new ResultSource(StoredResult.read(source), Optional.empty());
    }
    Reading reading = SpecReader.read(source);
    SpecFile.require(reading);
    List<Diagnostic> notes = new ArrayList<>();
    Result result =
        ShownProgress.during(
            reporter,
            progress ->
                pipeline.run(reading, options, progress, notes::add, Lock.of(source)::require));
    return stored(result);
  }

  private static ResultSource stored(Result result) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Optional<Path> folder = Optional.empty();
    try {
      folder = Optional.of(Files.createTempDirectory(temporary, "intervene-export"));
      ResultDirectory.writeContent(folder.get(), result);
      return new ResultSource(StoredResult.read(folder.get()), folder);
    } catch (IOException e) {
      folder.ifPresent(ResultSource::delete);
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "export.temporary",
              temporary.toString(),
              "the folder for temporary files does not take what is to be exported: "
                  + e.getMessage(),
              "free space there, or run the spec with `-o DIR` and export that directory"));
    }
  }

  /** The spec's text, for errors that point into it. */
  static Optional<SourceText> text(Path source) {
    return Files.isRegularFile(source)
        ? Optional.of(SpecReader.read(source).source())
        : Optional.empty();
  }

  StoredResult stored() {
    return stored;
  }

  @Override
  public void close() {
    temporary.ifPresent(ResultSource::delete);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it lies among the system's temporary files, which the system clears
    }
  }
}
