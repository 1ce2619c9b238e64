package org.intervene.optimise;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Slice;

/**
 * An edit behind a block's keys and values changes no other position in that block: those behind it
 * join one block later.
 *
 * <pre>
 *   position          0   1   2   3   4
 *   block l                   ■   ·   ·        zero z[l] @ 2: one row is computed
 *   block l + 1               ■───■───■        3 and 4 attend to it: from the baseline's resid_post[l]
 * </pre>
 *
 * <p>It does not fire where an edit changes keys or values of the block, nor where something of the
 * block is read of a cell at a position that would come later. A run that others continue computes
 * every position.
 */
final class DelayPositions implements Rule {
  static final String NAME = "delay-positions";

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
    if (!works.facts().causal()) {
      return works.counting(NAME, 0);
    }
    Set<Integer> continued = works.continued();
    Flow flow = new Flow(works.facts());
    List<Work> all = works.copy();
    int fired = 0;
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join
          && join.entry().layer() < works.facts().layers() - 1
          && !continued.contains(work.id())) {
        int from = delayed(work, works.get(join.parent()), join.entry().layer(), flow);
        if (from < join.end()) {
          fired++;
          all.set(work.id(), work.withRoute(join.delaying(from)));
        }
      }
    }
    return works.with(all).counting(NAME, fired);
  }

  /** First position that nothing changes and nothing looks at in a block, and none behind it. */
  private static int delayed(Work work, Work parent, int layer, Flow flow) {
    int next = Work.order(Site.RESID_PRE, layer + 1);
    int from = 0;
    for (CellEdit edit : work.edits().subList(parent.edits().size(), work.edits().size())) {
      Slice slice = edit.slice();
      if (Work.order(slice) < next) {
        if (slice.positions() == null || flow.mixedIn(slice.site(), slice.layer()) <= layer) {
          return Integer.MAX_VALUE;
        }
        from = Math.max(from, 1 + IntStream.of(slice.positions()).max().orElse(-1));
      }
    }
    for (Wanted.Item item : Wanted.of(work)) {
      from = item.order() < next ? Math.max(from, 1 + item.last()) : from;
    }
    return from;
  }
}
