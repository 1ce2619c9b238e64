package org.intervene.ast;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * {@code plot heatmap patched.restored x pos y layer}.
 *
 * @param kind {@code heatmap}, {@code line}, {@code bar} or {@code table}
 * @param encodings which axis goes to which channel ({@code x}, {@code y}, {@code series})
 */
public record PlotClause(Span span, Word kind, Expr value, List<Encoding> encodings) {
  public PlotClause {
    encodings = List.copyOf(encodings);
  }

  /** {@code x pos}. */
  public record Encoding(Word channel, Word axis) {}
}
