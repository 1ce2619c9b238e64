package org.intervene.ast;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * Which indices, positions or values: {@code all}, {@code 3}, {@code 0..5}, {@code [0, 2..4, -1]},
 * {@code subject.last}.
 */
public record Selection(Span span, List<Pick> picks) {
  public Selection {
    picks = List.copyOf(picks);
  }

  /** Part of a selection. */
  public sealed interface Pick {
    Span span();

    /** Everything there is. */
    record All(Span span) implements Pick {}

    /**
     * One index, or what a name stands for: a sweep variable, a parameter, {@code last}, or a named
     * span of the input ({@link Expr.Name}, {@link Expr.Path} or {@link Expr.Slot}).
     */
    record One(Expr value) implements Pick {
      @Override
      public Span span() {
        return value.span();
      }
    }

    /** Both ends included. */
    record Range(Span span, Expr first, Expr last) implements Pick {}
  }
}
