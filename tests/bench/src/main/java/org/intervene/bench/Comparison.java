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

  /** The row's cells; times are shown only where the two computed the same. */
  List<String> row() {
    double difference = ours.difference(theirs);
    if (!(difference < SAME)) {
      String differs = Figures.format("results differ by %.1g", difference);
      return List.of(work, theirs.tool(), "–", "–", differs, wanted(), "–", "–");
    }
    return List.of(
        work,
        theirs.tool(),
        Figures.time(theirs.median()),
        Figures.time(ours.median()),
        Figures.format(ratio() < target ? "%.2f×, missed" : "**%.2f×**", ratio()),
        wanted(),
        Figures.memory(theirs.peak()),
        Figures.memory(ours.peak()));
  }

  private String wanted() {
    return Figures.format(target < 1.5 ? "≥ %.2f×" : "≥ %.0f×", target);
  }
}
