package org.intervene.bench;

import java.util.List;

/**
 * A row of the table: this project against another tool.
 *
 * @param work what was done
 * @param target how many times less time the first has to take
 */
record Comparison(String work, Timing ours, Timing theirs, double target) {
  static final List<String> COLUMNS =
      List.of("work", "against", "theirs", "ours", "ratio", "to reach", "their peak", "our peak");

  /** Two float32 computations of a logit difference differ by rounding alone. */
  static final double SAME = 2e-3;

  double ratio() {
    return theirs.median() / ours.median();
  }

  /**
   * The row's cells.
   *
   * @throws IllegalStateException if the two did not compute the same
   */
  List<String> row() {
    double difference = ours.difference(theirs);
    if (!(difference < SAME)) {
      throw new IllegalStateException(
          "%s: %s and %s differ by %g".formatted(work, ours.tool(), theirs.tool(), difference));
    }
    return List.of(
        work,
        theirs.tool(),
        Figures.time(theirs.median()),
        Figures.time(ours.median()),
        Figures.format(ratio() < target ? "%.2f×, missed" : "**%.2f×**", ratio()),
        Figures.format(target < 1.5 ? "≥ %.2f×" : "≥ %.0f×", target),
        Figures.memory(theirs.peak()),
        Figures.memory(ours.peak()));
  }
}
