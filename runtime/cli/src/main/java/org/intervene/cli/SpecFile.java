package org.intervene.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  interface Action {
    void perform(Path file, Reading reading);
  }

  /** Does the same with every spec, says what is wrong with each, and returns the worst status. */
  static int each(List<Path> specs, Reporter reporter, Action action) {
    int worst = ExitStatus.DONE;
    for (Path file : specs) {
      Reading reading = SpecReader.read(file);
      try {
        require(reading);
        action.perform(file, reading);
      } catch (DiagnosticException e) {
        reporter.diagnostics(e.diagnostics(), Optional.of(reading.source()));
        worst = Math.max(worst, ExitStatus.of(e.kind()));
      }
    }
    return worst;
  }
}
