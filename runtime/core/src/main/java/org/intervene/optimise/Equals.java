package org.intervene.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.plan.CellEdit;

/** Works with the same tokens and edits. */
final class Equals {
  private Equals() {}

  /** What a pass is a function of. */
  record Key(List<Integer> tokens, List<CellEdit> edits) {
    /** The input of a work under the first of its edits. */
    static Key of(Work work, int edits) {
      return new Key(IntStream.of(work.tokens()).boxed().toList(), work.edits().subList(0, edits));
    }

    static Key of(Work work) {
      return of(work, work.edits().size());
    }
  }

  /** Lets the first of equal works serve all of them. */
  static Works merged(Works works) {
    List<Work> all = works.copy();
    Map<Key, Integer> first = new HashMap<>();
    for (Work work : works.works()) {
      int same = first.computeIfAbsent(Key.of(work), k -> work.id());
      if (same != work.id()) {
        all.set(same, all.get(same).alsoServing(work));
        all.set(work.id(), work.withRoute(new Route.SameAs(same)));
      }
    }
    return works.with(all);
  }
}
