package org.intervene.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;

/** A spec that has to be readable for anything to be done with it. */
final class SpecFile {
  private SpecFile() {}

  /**
   * Stops with everything that is wrong with a file.
   *
   * @throws DiagnosticException if it could not be read
   */
  static void require(Reading reading) {
    if (reading.spec().isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.SPEC, reading.diagnostics());
    }
  }

  /** What a command does with one spec. */
  interface Work {
    /**
     * Does it and returns the exit status.
     *
     * @param notes what is to be said beside the errors if it fails
     */
    int perform(Reading reading, List<Diagnostic> notes);
  }

  /** Reads a spec and does something with it; says what is wrong if that fails. */
  static int with(Path file, Reporter reporter, Work work) {
    Reading reading = SpecReader.read(file);
    List<Diagnostic> notes = new ArrayList<>();
    try {
      require(reading);
      return work.perform(reading, notes);
    } catch (DiagnosticException e) {
      if (Thread.currentThread().isInterrupted()) {
        return ExitStatus.INTERRUPTED; // the signal broke off a read or a write, which is no error
      }
      notes.addAll(e.diagnostics());
      reporter.diagnostics(notes.stream().sorted().toList(), Optional.of(reading.source()));
      return ExitStatus.of(e.kind());
    }
  }

  /** What a command does with each of several specs. */
  interface Action {
    void perform(Path file, Reading reading, List<Diagnostic> notes);
  }

  /** Does the same with every spec, says what is wrong with each, and returns the worst status. */
  static int each(List<Path> specs, Reporter reporter, Action action) {
    int worst = ExitStatus.DONE;
    for (Path file : specs) {
      int status =
          with(
              file,
              reporter,
              (reading, notes) -> {
                action.perform(file, reading, notes);
                return ExitStatus.DONE;
              });
      worst = Math.max(worst, status);
    }
    return worst;
  }
}
