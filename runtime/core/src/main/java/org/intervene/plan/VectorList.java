package org.intervene.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Span;
import org.intervene.plan.PlannedVector.Definition;

/** The vectors of a plan, in the order in which one may need another. */
final class VectorList {
  private final List<PlannedVector> planned = new ArrayList<>();
  private final Map<Definition, Integer> derived = new HashMap<>();

  List<PlannedVector> all() {
    return planned;
  }

  int width(int vector) {
    return planned.get(vector).width();
  }

  /** A vector that nobody named yet; returns its number. */
  int add(Span span, int width, Definition definition) {
    planned.add(new PlannedVector(planned.size(), span, "", width, definition));
    return planned.size() - 1;
  }

  /** A vector that follows from others; the same one for the same definition. */
  int derived(Span span, int width, Definition definition) {
    return derived.computeIfAbsent(definition, d -> add(span, width, definition));
  }

  /** Gives a vector its name, unless it has one. */
  void rename(int id, String name) {
    PlannedVector v = planned.get(id);
    if (v.name().isEmpty()) {
      planned.set(id, new PlannedVector(id, v.span(), name, v.width(), v.definition()));
    }
  }
}
