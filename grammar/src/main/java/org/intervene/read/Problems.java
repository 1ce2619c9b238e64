package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;

/** Collects what is wrong with one file, up to a number that a person still reads. */
final class Problems {
  private static final int MOST = 100;

  private final List<Diagnostic> found = new ArrayList<>();

  void add(String id, Span span, String message, String... help) {
    add(Diagnostic.error(id, span, message, help));
  }

  void add(Diagnostic diagnostic) {
    if (found.size() < MOST) {
      found.add(diagnostic);
    } else if (found.size() == MOST) {
      found.add(
          Diagnostic.error(
              Ids.TOO_MANY,
              diagnostic.place().span(),
              "more than " + MOST + " problems; the rest is not shown"));
    }
  }

  boolean any() {
    return !found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** Everything found, in the order of the text, each problem once. */
  List<Diagnostic> sorted(String file) {
    return found.stream().map(problem -> problem.in(file)).sorted().distinct().toList();
  }
}
