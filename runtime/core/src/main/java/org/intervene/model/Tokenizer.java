package org.intervene.model;

import java.util.OptionalInt;

/**
 * Turns text into the model's tokens. Implementations are immutable and safe to share between
 * threads.
 */
public interface Tokenizer {

  /**
   * The tokens of an input, with what the BOS policy prepends.
   *
   * @throws org.intervene.diagnostic.DiagnosticException if the text cannot be encoded
   */
  Encoding encode(String text);

  /**
   * The tokens of a text on its own, nothing prepended: what an answer such as {@code " Paris"} is.
   */
  int[] tokensOf(String text);

  /** The token that a text is, if it is exactly one. */
  default OptionalInt singleToken(String text) {
    int[] tokens = tokensOf(text);
    return tokens.length == 1 ? OptionalInt.of(tokens[0]) : OptionalInt.empty();
  }

  /** How a token reads, for axis labels and messages: {@code " Paris"} with its leading space. */
  String show(int token);

  /** Whether a token stands for no text of its own, such as a BOS or an unknown word. */
  default boolean isSpecial(int token) {
    return false;
  }

  /** The token that stands for a word to be guessed, in tokenizers of encoders. */
  default OptionalInt mask() {
    return OptionalInt.empty();
  }

  /** How many ids the tokenizer knows, special and added ones included. */
  int size();

  /**
   * An encoded input.
   *
   * @param tokens [pos]
   * @param starts [pos] index of the first UTF-16 unit of the text that the token covers; -1 for a
   *     prepended token
   * @param ends [pos] index after the last unit that it covers; -1 for a prepended token
   */
  record Encoding(int[] tokens, int[] starts, int[] ends) {}
}
