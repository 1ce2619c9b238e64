package org.intervene.golden;

import java.util.List;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.GoldenClause.Tolerance;

/**
 * How far values may move. A metric's own tolerances count, else those without a metric; of
 * several, the widest. A metric with neither is not pinned.
 */
public final class Tolerances {
  private final GoldenClause clause;

  public Tolerances(GoldenClause clause) {
    this.clause = clause;
  }

  /** Whether a metric has any tolerance. */
  public boolean pins(String metric) {
    return !of(metric).isEmpty();
  }

  /**
   * The largest difference from a golden value that is allowed.
   *
   * @param golden a finite value
   */
  public double allowance(String metric, double golden) {
    return of(metric).stream()
        .mapToDouble(t -> t.relative() ? t.within() * Math.abs(golden) : t.within())
        .max()
        .orElse(0);
  }

  private List<Tolerance> of(String metric) {
    List<Tolerance> own =
        clause.tolerances().stream()
            .filter(t -> t.metric().filter(name -> name.text().equals(metric)).isPresent())
            .toList();
    return own.isEmpty()
        ? clause.tolerances().stream().filter(t -> t.metric().isEmpty()).toList()
        : own;
  }
}
