package org.intervene.bench;

import java.util.Locale;

/**
 * A row of the table: one tool against another.
 *
 * @param work what was done
 * @param target how many times less time the first has to take
 */
record Comparison(String work, Timing ours, Timing theirs, double target) {
  /** Two float32 computations of a logit difference differ by rounding alone. */
  static final double SAME = 2e-3;

  double ratio() {
    return theirs.median() / ours.median();
  }

  /**
   * The row in Markdown.
   *
   * @throws IllegalStateException if the two did not compute the same
   */
  String row() {
    double difference = ours.difference(theirs);
    if (!(difference < SAME)) {
      throw new IllegalStateException(
          "%s: %s and %s differ by %g".formatted(work, ours.tool(), theirs.tool(), difference));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.3f s | %.3f s | **%.1f×** | %s |",
        work,
        theirs.tool(),
        theirs.median(),
        ours.median(),
        ratio(),
        target < 1.5
            ? String.format(Locale.ROOT, "≥ %.2f×", target)
            : String.format(Locale.ROOT, "≥ %.0f×", target));
  }
}
