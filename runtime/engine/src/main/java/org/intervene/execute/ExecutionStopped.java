package org.intervene.execute;

/** The thread was interrupted between two pieces of work; nothing was written. */
public final class ExecutionStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExecutionStopped() {
    super("interrupted");
  }

  /** Stops if the thread was interrupted. */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ExecutionStopped();
    }
  }
}
