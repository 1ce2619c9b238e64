package org.intervene.data;

import org.intervene.diagnostic.Span;

/** What a cell of a row holds. */
public sealed interface Datum {
  Span span();

  /** A text: an input, an answer or a named span. */
  record Text(String text, Span span) implements Datum {}

  /** Token ids, used as they are. */
  record Tokens(int[] ids, Span span) implements Datum {}

  /** A number: a token id where a token is wanted. */
  record Number(double value, Span span) implements Datum {}
}
