package org.intervene.read;

import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;

/** Where the characters of a text that is parsed stand in its file. */
@FunctionalInterface
interface Positions {
  /**
   * @param from offset of the first code point
   * @param to offset after the last one
   */
  Span span(int from, int to);

  /** A text that is the whole file. */
  static Positions of(SourceText source) {
    return source::span;
  }
}
