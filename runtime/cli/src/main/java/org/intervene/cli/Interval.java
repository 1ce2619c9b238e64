package org.intervene.cli;

import org.intervene.metric.Shown;

/** How an interval is written. */
final class Interval {
  private Interval() {}

  /** {@code 0.91 to 0.97}, or nothing where it is unknown. */
  static String of(double low, double high) {
    return Double.isNaN(low) ? "" : Shown.number(low) + " to " + Shown.number(high);
  }
}
