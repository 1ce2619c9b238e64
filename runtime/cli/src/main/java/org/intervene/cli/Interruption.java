package org.intervene.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Ctrl-C: the work is asked to stop between two cells and given a moment to clean up; the process
 * then ends with the status that the system gives for the signal, 130.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = 2000;

  private Interruption() {}

  /** Runs the program so that a signal stops it cleanly; returns its status. */
  static int guard(Terminal terminal, IntSupplier program) {
    Thread worker = Thread.currentThread();
    AtomicBoolean finished = new AtomicBoolean();
    Thread hook =
        new Thread(
            () -> {
              if (!finished.get()) {
                stop(worker, finished, terminal);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return program.getAsInt();
    } finally {
      finished.set(true);
    }
  }

  private static void stop(Thread worker, AtomicBoolean finished, Terminal terminal) {
    worker.interrupt();
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!finished.get() && System.nanoTime() < end) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    terminal.err().println(terminal.errIsTerminal() ? "\r\u001b[Kinterrupted" : "interrupted");
  }
}
