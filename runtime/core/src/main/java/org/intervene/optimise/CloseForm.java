package org.intervene.optimise;

import java.util.List;
import java.util.Set;

/**
 * An edit with nothing but the final norm and the unembedding behind it needs no forward pass.
 *
 * <pre>
 *   baseline     ... ─ block 11 ─ resid_post[11] ─ norm ─ unembed
 *   steer                              └─ + c v  ─ norm ─ unembed      for all cells at once
 * </pre>
 */
final class CloseForm implements Rule {
  static final String NAME = "close-form";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.WITHIN_TOLERANCE;
  }

  @Override
  public Works apply(Works works) {
    Set<Integer> continued = works.continued();
    List<Work> all = works.copy();
    int last = works.facts().layers() - 1;
    int fired = 0;
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join
          && !continued.contains(work.id())
          && join.entry().equals(new Entry(last, Entry.Stage.AFTER))) {
        int[] positions = Wanted.finals(Wanted.of(work), works.facts().layers());
        all.set(work.id(), work.withRoute(new Route.Close(join.parent(), positions)));
        fired++;
      }
    }
    return works.with(all).counting(NAME, fired);
  }
}
