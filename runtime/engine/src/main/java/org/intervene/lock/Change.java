package org.intervene.lock;

/**
 * One difference between what is locked and what is there.
 *
 * @param what such as {@code data facts} or {@code model.safetensors}
 * @param locked empty if it is new
 * @param found empty if it is gone
 */
public record Change(Kind kind, String what, String locked, String found) {

  /** Who changed: the spec, or what it names. */
  public enum Kind {
    /** The spec's words are others, so that a new pin is due. */
    WORDS,
    /** The model is not the one that is locked. */
    MODEL,
    /** The tokenizer, or what it puts around inputs, is not the one that is locked. */
    TOKENIZER,
    /** Rows, or a file that values are read from, are not those that are locked. */
    DATA,
    /** Another version of a program, or another kind of device: said, but no reason to stop. */
    PLACE
  }

  /** Whether the words stand and the thing behind them is another. */
  public boolean stops() {
    return kind == Kind.MODEL || kind == Kind.TOKENIZER || kind == Kind.DATA;
  }

  /** Such as {@code data facts: sha256:12ab… is now sha256:34cd…}. */
  public String text() {
    if (locked.isEmpty()) {
      return what + " is new: " + brief(found);
    } else if (found.isEmpty()) {
      return what + " is gone: it was " + brief(locked);
    }
    return what + " was " + brief(locked) + " and is " + brief(found);
  }

  /** A digest by its first digits, anything else as it is. */
  private static String brief(String value) {
    return value.startsWith("sha256:") ? value.substring(0, 19) + "…" : value;
  }
}
