package org.intervene.optimise;

import java.util.Optional;
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
    int last = works.facts().layers() - 1;
    Flow flow = new Flow(works.facts());
    return works.rerouting(
        NAME,
        (work, join) -> {
          int layer = join.entry().layer();
          int from =
              layer == last ? join.end() : delayed(work, works.get(join.parent()), layer, flow);
          return from < join.end() ? Optional.of(join.delaying(from)) : Optional.empty();
        });
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
