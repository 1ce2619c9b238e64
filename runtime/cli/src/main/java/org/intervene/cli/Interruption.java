package org.intervene.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Ctrl-C: the work is asked to stop between two cells and given a moment to clean up; the process
 * then ends with the status that the system gives for the signal, 130.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = 2000;

  /** A signal is the process's own, and so is what is said then. */
  private static final AtomicReference<Supplier<List<String>>> FAREWELL =
      new AtomicReference<>(() -> List.of("interrupted"));

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

  /** Decides what is printed when a signal has stopped the work. */
  static void saying(Supplier<List<String>> lines) {
    FAREWELL.set(lines);
  }

  /** How to go on after work that a signal did not stop; nothing if nothing of it is kept. */
  static List<String> kept() {
    return FAREWELL.get().get().stream().skip(1).toList();
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
    terminal.err().print(terminal.errIsTerminal() ? "\r\u001b[K" : "");
    FAREWELL.get().get().forEach(line -> terminal.err().println(line));
  }
}
