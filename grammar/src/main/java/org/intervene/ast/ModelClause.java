package org.intervene.ast;

import java.util.Optional;
import org.intervene.diagnostic.Span;

/**
 * {@code model "builtin:primer" dtype float32 device cpu bos never}.
 *
 * @param source {@code builtin:NAME}, a directory, or {@code hf:ORG/NAME@REVISION}
 */
public record ModelClause(
    Span span, Word source, Optional<Word> dtype, Optional<Word> device, Optional<Word> bos) {

  /** The same clause with another source. */
  public ModelClause from(Word other) {
    return new ModelClause(span, other, dtype, device, bos);
  }
}
