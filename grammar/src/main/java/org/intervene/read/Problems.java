package org.intervene.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;

/** Collects what is wrong with one file, up to a number that a person still reads. */
final class Problems {
  private static final int MOST = 100;

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<String> meant = new HashSet<>();

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

  /** Notes the words that a misspelt one was probably meant to be. */
  void meant(List<String> words) {
    meant.addAll(words);
  }

  /** Whether a misspelt word was probably meant to be this one. */
  boolean isMeant(String word) {
    return meant.contains(word);
  }

  /** Whether what is added from now on is not kept. */
  boolean full() {
    return found.size() > MOST;
  }

  boolean any() {
    return !found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** Everything found, in the order of the text, each problem once. */
  List<Diagnostic> sorted(String file) {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(problem -> seen.add(problem.place().span() + " " + problem.message()))
        .map(problem -> problem.in(file))
        .sorted()
        .toList();
  }
}
