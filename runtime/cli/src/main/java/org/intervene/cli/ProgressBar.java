package org.intervene.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows on one line of a terminal how far long work is: how much is done, how fast, and how long it
 * will take. Nothing appears in the first half second.
 */
final class ProgressBar {
  /** What is counted. */
  enum Units {
    CELLS {
      @Override
      String progress(long done, long planned) {
        return done + " of " + planned + " cells";
      }

      @Override
      String speed(double rate) {
        return String.format(Locale.ROOT, rate >= 10 ? "%.0f cells/s" : "%.1f cells/s", rate);
      }
    },
    BYTES {
      @Override
      String progress(long done, long planned) {
        return ByteSize.shown(done) + " of " + ByteSize.shown(planned);
      }

      @Override
      String speed(double rate) {
        return ByteSize.shown((long) rate) + "/s";
      }
    };

    abstract String progress(long done, long planned);

    /**
     * @param rate units a second
     */
    abstract String speed(double rate);
  }

  private static final long QUIET_NANOS = 500_000_000L;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final int LENGTH = 24;

  private final PrintStream out;
  private final Units units;
  private final LongSupplier clock;
  private final long start;
  private long planned;
  private long done;
  private long before = -1;
  private long shownAt;
  private boolean visible;

  /**
   * @param clock nanoseconds from any origin
   */
  ProgressBar(PrintStream out, Units units, LongSupplier clock) {
    this.out = out;
    this.units = units;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.shownAt = start + QUIET_NANOS - PAUSE_NANOS;
  }

  synchronized void planned(long all) {
    planned = all;
  }

  /** That much more is done. */
  synchronized void done(long more) {
    before = Math.max(before, 0);
    done += more;
    show();
  }

  /** That much is done altogether; the first time it tells what was done before this work began. */
  synchronized void reached(long altogether, long all) {
    before = before < 0 ? altogether : before;
    planned = all;
    done = altogether;
    show();
  }

  private void show() {
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
    double rate = (done - before) / seconds;
    String bar = "\u2588".repeat(full) + "\u2591".repeat(LENGTH - full);
    return String.format(
        Locale.ROOT,
        "%s %3d %%  %s  %s  %s left",
        bar,
        (int) (100 * share),
        units.progress(done, planned),
        units.speed(rate),
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
