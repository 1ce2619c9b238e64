package org.intervene.engine.source.pull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a body from which nothing has come for too long, which ends the read that waits for it.
 */
final class StallGuard implements Closeable {
  private final ScheduledExecutorService clock;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Patience patience) {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "stall-guard");
              thread.setDaemon(true);
              return thread;
            });
    long limit = patience.stall().toNanos();
    clock.scheduleWithFixedDelay(
        () -> closeIfStalled(body, limit), limit / 4, limit / 4, TimeUnit.NANOSECONDS);
  }

  private void closeIfStalled(InputStream body, long limit) {
    if (System.nanoTime() - lastNanos > limit) {
      stalled = true;
      try {
        body.close();
      } catch (IOException e) {
        // the reader notices
      }
    }
  }

  /** Something came. */
  void alive() {
    lastNanos = System.nanoTime();
  }

  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
