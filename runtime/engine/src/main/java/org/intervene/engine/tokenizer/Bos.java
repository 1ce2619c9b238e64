package org.intervene.engine.tokenizer;

import java.util.Locale;
import java.util.Optional;

/** What a spec asks to be put in front of its inputs. */
public enum Bos {
  /** What the tokenizer's own files say. */
  AUTO,
  /** The token that begins a sequence, even where the tokenizer's own files do not add it. */
  ALWAYS,
  /** Nothing; in an encoder nothing behind the input either. */
  NEVER;

  /** The setting that a spec writes {@code auto}, {@code always} or {@code never}. */
  public static Optional<Bos> named(String word) {
    for (Bos bos : values()) {
      if (bos.toString().equals(word)) {
        return Optional.of(bos);
      }
    }
    return Optional.empty();
  }

  /** As a spec writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
