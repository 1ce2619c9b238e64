package org.intervene.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;

/** Collects the problems of a stage; of several errors at the same place the first is kept. */
public final class Diagnostics {
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Adds an error at a place in the spec. */
  public void error(String id, Span span, String message, String... help) {
    add(Diagnostic.error(id, span, message, help));
  }

  /** Adds a remark that stops nothing. */
  public void note(String id, Span span, String message, String... help) {
    add(Diagnostic.note(id, span, message, help));
  }

  public void add(Diagnostic diagnostic) {
    Span span = diagnostic.place().span();
    String place = span + "-" + span.endLine() + ":" + span.endColumn();
    String what = span == Span.NONE ? diagnostic.message() : diagnostic.severity().name();
    if (seen.add(diagnostic.place().file() + " " + place + " " + what)) {
      found.add(diagnostic);
    }
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  /** Everything found, in the order of the places. */
  public List<Diagnostic> sorted() {
    List<Diagnostic> sorted = new ArrayList<>(found);
    Collections.sort(sorted);
    return sorted;
  }
}
