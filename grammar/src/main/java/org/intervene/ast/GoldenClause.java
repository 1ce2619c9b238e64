package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/** {@code golden within 1e-4} or {@code golden within 1e-4, ld within 1e-3 relative}. */
public record GoldenClause(Span span, List<Tolerance> tolerances) {
  public GoldenClause {
    tolerances = List.copyOf(tolerances);
  }

  /**
   * How far a value may be from the golden one.
   *
   * @param metric absent for every metric without a tolerance of its own
   */
  public record Tolerance(Span span, Optional<Word> metric, double within, boolean relative) {}
}
