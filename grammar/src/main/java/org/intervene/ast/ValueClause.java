package org.intervene.ast;

import org.intervene.diagnostic.Span;

/**
 * A value that is declared once and used by name, such as {@code vector dir = file
 * "v.safetensors#dir"}.
 */
public record ValueClause(Span span, Kind kind, Word name, Expr value) {
  /** What may be declared; in YAML each kind is a section named by its plural. */
  public enum Kind {
    /** A number, text or list that {@code --set name=value} may override. */
    PARAM,
    /** A direction in activation space. */
    VECTOR,
    /** A list of token strings. */
    TOKENS,
    SUBSPACE,
    DICTIONARY,
    CIRCUIT
  }
}
