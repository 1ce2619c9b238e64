package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/**
 * {@code golden within 1e-4} or {@code golden by example within 1e-4, ld within 1e-3 relative}.
 *
 * @param by {@code example} to pin the value of every example; absent means the mean over them
 */
public record GoldenClause(Span span, Optional<Word> by, List<Tolerance> tolerances) {
  /** What a golden result may be kept by. */
  public static final String EXAMPLE = "example";

  public GoldenClause {
    tolerances = List.copyOf(tolerances);
  }

  /** Whether the value of every example is pinned. */
  public boolean isByExample() {
    return by.isPresent();
  }

  /**
   * How far a value may be from the golden one.
   *
   * @param metric absent for every metric without a tolerance of its own
   */
  public record Tolerance(Span span, Optional<Word> metric, double within, boolean relative) {}
}
