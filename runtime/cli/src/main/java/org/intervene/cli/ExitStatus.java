package org.intervene.cli;

import org.intervene.diagnostic.DiagnosticException;

/** What the process says to its caller. */
final class ExitStatus {
  static final int DONE = 0;

  /** An expectation or a golden result failed. */
  static final int FAILED = 1;

  /** The spec, or the command line, is wrong. */
  static final int SPEC = 2;

  /** Something that the spec needs is missing or broken. */
  static final int RESOURCE = 3;

  /** The memory budget cannot hold the work. */
  static final int MEMORY = 4;

  static final int INTERRUPTED = 130;

  private ExitStatus() {}

  static int of(DiagnosticException.Kind kind) {
    return switch (kind) {
      case SPEC -> SPEC;
      case RESOURCE -> RESOURCE;
      case MEMORY -> MEMORY;
    };
  }
}
