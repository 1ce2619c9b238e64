package org.intervene.ast;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * {@code run patched on facts.corrupt for layer in all, pos in all { ... }}: the model run on every
 * example of a data column, once for each point of the sweep, with the statements applied.
 */
public record RunClause(
    Span span, Word name, DataRef on, List<Sweep> sweeps, List<Statement> body) {
  public RunClause {
    sweeps = List.copyOf(sweeps);
    body = List.copyOf(body);
  }
}
