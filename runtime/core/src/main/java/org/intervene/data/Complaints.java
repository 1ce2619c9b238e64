package org.intervene.data;

import java.util.function.Consumer;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Span;

/**
 * The problems of one dataset. A file of a million rows can have a million of them, so that after
 * the first {@value #SHOWN} errors the others are only counted.
 */
final class Complaints {
  private static final int SHOWN = 20;

  private final Consumer<Diagnostic> out;
  private int errors;

  Complaints(Consumer<Diagnostic> out) {
    this.out = out;
  }

  void error(String id, Place place, String message, String... help) {
    add(Diagnostic.error(id, place.span(), message, help).in(place.file()));
  }

  void add(Diagnostic error) {
    if (errors++ < SHOWN) {
      out.accept(error);
    }
  }

  /** An error in the spec itself. */
  void error(String id, Span span, String message, String... help) {
    error(id, new Place("", span), message, help);
  }

  /** A remark about the spec that stops nothing. */
  void note(String id, Span span, String message, String... help) {
    out.accept(Diagnostic.note(id, span, message, help));
  }

  boolean any() {
    return errors > 0;
  }

  /**
   * Says how many errors were not shown.
   *
   * @param whole the dataset
   */
  void finish(Place whole) {
    if (errors > SHOWN) {
      out.accept(
          Diagnostic.error(
                  "data.more",
                  whole.span(),
                  "this data has %,d more errors".formatted(errors - SHOWN),
                  "the first %d are shown: cure them and check again".formatted(SHOWN))
              .in(whole.file()));
    }
  }
}
