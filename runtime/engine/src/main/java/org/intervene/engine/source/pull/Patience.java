package org.intervene.engine.source.pull;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param answer longest time to connect, and longest time to the first byte of an answer
 * @param stall longest time without a single byte
 * @param pause before the second attempt; doubled before each further one
 * @param attempts how often in a row something may fail without any progress
 */
record Patience(Duration answer, Duration stall, Duration pause, int attempts) {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  static Patience usual() {
    return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(1), 5);
  }

  /** Waits before the next attempt, as long as the server asks for if that is bearable. */
  void pauseAfter(int failures, Duration asked) throws InterruptedException {
    Duration own = pause.multipliedBy(1L << Math.min(failures - 1, 10));
    Duration wanted = own.compareTo(asked) < 0 ? asked : own;
    Duration capped = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
    Thread.sleep(capped.toMillis());
  }
}
