package org.intervene.optimise;

import org.intervene.model.ModelFacts;
import org.intervene.plan.Cell;
import org.intervene.plan.Slice;

/** How large the values are that cells save under a name. */
final class Collecting {
  private Collecting() {}

  /**
   * Bytes while a value is saved: in Java's memory and as a tensor, both in 64 bits, then as a
   * tensor and as bytes in the run's dtype.
   */
  static long saving(long elements, int elementBytes) {
    return 2L * elements * (Double.BYTES + elementBytes);
  }

  /** Elements of one saved value. */
  static long elements(ModelFacts facts, Cell cell, Cell.Collected collected) {
    return collected.slices().stream()
        .mapToLong(s -> elements(facts, s, cell.tokens().length))
        .sum();
  }

  private static long elements(ModelFacts facts, Slice slice, int length) {
    long at = slice.positions() == null ? length : slice.positions().length;
    if (slice.site().hasSources()) {
      long heads = slice.heads() == null ? facts.heads() : slice.heads().length;
      long from = slice.sources() == null ? length : slice.sources().length;
      return heads * at * from;
    }
    return at * slice.width(facts);
  }
}
