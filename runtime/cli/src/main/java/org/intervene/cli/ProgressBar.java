package org.intervene.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows on one line of a terminal how far long work is: cells done, cells per second, time left.
 * Nothing appears in the first half second.
 */
final class ProgressBar {
  private static final long QUIET_NANOS = 500_000_000L;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final int LENGTH = 24;

  private final PrintStream out;
  private final LongSupplier clock;
  private final long start;
  private long planned;
  private long done;
  private long shownAt;
  private boolean visible;

  /**
   * @param clock nanoseconds from any origin
   */
  ProgressBar(PrintStream out, LongSupplier clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.shownAt = start + QUIET_NANOS - PAUSE_NANOS;
  }

  synchronized void planned(long cells) {
    planned = cells;
  }

  synchronized void done(long cells) {
    done += cells;
    long now = clock.getAsLong();
    if (planned > 0 && now - shownAt >= PAUSE_NANOS) {
      shownAt = now;
      out.print("\r" + line((now - start) / 1e9) + "\u001b[K");
      out.flush();
      visible = true;
    }
  }

  /** Takes the line away. */
  synchronized void clear() {
    if (visible) {
      out.print("\r\u001b[K");
      out.flush();
      visible = false;
    }
  }

  private String line(double seconds) {
    double share = Math.min(1, done / (double) planned);
    int full = (int) (share * LENGTH);
    double rate = done / seconds;
    String bar = "\u2588".repeat(full) + "\u2591".repeat(LENGTH - full);
    return String.format(
        Locale.ROOT,
        "%s %3d %%  %d of %d cells  %s cells/s  %s left",
        bar,
        (int) (100 * share),
        done,
        planned,
        rate >= 10
            ? String.format(Locale.ROOT, "%.0f", rate)
            : String.format(Locale.ROOT, "%.1f", rate),
        duration((planned - done) / rate));
  }

  /** {@code 8 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
  static String duration(double seconds) {
    if (!(seconds < 1e7)) {
      return "unknown time";
    }
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
