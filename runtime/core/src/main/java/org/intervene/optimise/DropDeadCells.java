package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Slice;

/**
 * An edit that provably writes what is already there, or that nothing which is read can notice,
 * leaves the baseline's result.
 *
 * <pre>
 *   clean    The  Eiffel  Tower  is  in          patch resid_pre[l] @ 0 from clean
 *   corrupt  The  Col     osseum is  in          position 0 stands before the first difference:
 *             =     ≠                            nothing there differs, the cell is the corrupt run
 *
 *   patch resid_post[last layer] @ 1, read at 4: no path leads from there to what is read
 * </pre>
 *
 * <p>This rule takes the idle positions out of edits and idle edits out of chains; {@link
 * ShareDepthPrefix} then sends a work without edits to its baseline.
 */
final class DropDeadCells implements Rule {
  static final String NAME = "drop-dead-cells";

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
    List<Work> trimmed = works.copy();
    int dead = 0;
    for (Work work : works.works()) {
      if (work.edits().isEmpty()) {
        continue;
      }
      List<CellEdit> live = live(work, trimmed);
      if (live.isEmpty()) {
        dead++;
      }
      trimmed.set(work.id(), work.withEdits(live));
    }
    return works.with(trimmed).counting(NAME, dead);
  }

  private static List<CellEdit> live(Work work, List<Work> all) {
    List<CellEdit> live = new ArrayList<>();
    for (CellEdit edit : work.edits()) {
      CellEdit left = withoutIdle(edit, work, all);
      if (left != null) {
        live.add(left);
      }
    }
    return live;
  }

  /** The edit without the positions at which it changes nothing; null if that is all of them. */
  private static CellEdit withoutIdle(CellEdit edit, Work work, List<Work> all) {
    Change change = edit.change();
    boolean nothing =
        (change instanceof Change.Scale s && s.by() == 1)
            || (change instanceof Change.AddVector v && v.keep() && v.coefficient() == 0)
            || (change instanceof Change.Noise n && n.sigma() == 0);
    if (nothing) {
      return null;
    }
    if (!(change instanceof Change.FromCell from) || !sameSlice(edit, from)) {
      return edit;
    }
    int same = equalUntil(edit, work, all.get(from.cell()));
    int[] at = Effects.positions(edit.slice(), work.tokens().length);
    int[] live = IntStream.of(at).filter(p -> p >= same).toArray();
    if (live.length == at.length) {
      return edit;
    }
    if (live.length == 0) {
      return null;
    }
    Change moved =
        new Change.FromCell(from.cell(), from.source().at(live), from.keep(), from.weight());
    return new CellEdit(edit.span(), edit.slice().at(live), moved);
  }

  private static boolean sameSlice(CellEdit edit, Change.FromCell from) {
    Slice to = edit.slice();
    Slice at = from.source();
    return !from.keep()
        && from.weight() == 1
        && to.site() == at.site()
        && to.layer() == at.layer()
        && Arrays.equals(to.positions(), at.positions())
        && Arrays.equals(to.sources(), at.sources())
        && Arrays.equals(to.heads(), at.heads())
        && Arrays.equals(to.units(), at.units());
  }

  /** Before this position the source's value is what the edited work has there anyway. */
  private static int equalUntil(CellEdit edit, Work work, Work source) {
    int order = Work.order(edit.slice());
    List<CellEdit> others = work.edits().stream().filter(e -> !Objects.equals(e, edit)).toList();
    int tokens = Effects.firstDifference(work.tokens(), source.tokens());
    int here = Effects.first(others, order);
    int there = Effects.first(source.edits(), order);
    return Math.min(tokens, Math.min(here, there));
  }
}
