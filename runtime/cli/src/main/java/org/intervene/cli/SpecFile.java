package org.intervene.cli;

import org.intervene.diagnostic.DiagnosticException;
import org.intervene.read.Reading;

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
}
