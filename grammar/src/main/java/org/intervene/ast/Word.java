package org.intervene.ast;

import org.intervene.diagnostic.Span;

/** A name or a text with the place where it stands. */
public record Word(Span span, String text) {
  @Override
  public String toString() {
    return text;
  }
}
