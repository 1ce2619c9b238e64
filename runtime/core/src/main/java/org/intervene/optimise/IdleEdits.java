package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Slice;

/** Finds edits, and positions of edits, that write what is there already. */
final class IdleEdits {
  private final Work work;
  private final List<Work> all;
  private final boolean causal;

  private IdleEdits(Work work, List<Work> all, boolean causal) {
    this.work = work;
    this.all = all;
    this.causal = causal;
  }

  /**
   * The edits of a work without those that change nothing.
   *
   * @param causal whether a change leaves earlier positions as they are
   */
  static List<CellEdit> without(Work work, List<Work> all, boolean causal) {
    IdleEdits idle = new IdleEdits(work, all, causal);
    List<CellEdit> live = new ArrayList<>();
    for (CellEdit edit : work.edits()) {
      CellEdit left = idle.cut(edit);
      if (left != null) {
        live.add(left);
      }
    }
    return live;
  }

  /** The edit without the positions at which it changes nothing; null if that is all of them. */
  private CellEdit cut(CellEdit edit) {
    Change change = edit.change();
    boolean nothing =
        (change instanceof Change.Scale s && s.by() == 1)
            || (change instanceof Change.AddVector v && v.keep() && v.coefficient() == 0)
            || (change instanceof Change.Noise n && n.sigma() == 0);
    if (nothing) {
      return null;
    }
    if (!(change instanceof Change.FromCell from) || !isSameSlice(edit, from)) {
      return edit;
    }
    Work source = all.get(from.cell());
    int[] at = Effects.positions(edit.slice(), work.tokens().length);
    int[] live = IntStream.of(at).filter(p -> !isEqual(edit, source, p)).toArray();
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

  /**
   * Whether a copy goes to where it came from. Inputs have to be equally long too: products of
   * another height may round otherwise.
   */
  private boolean isSameSlice(CellEdit edit, Change.FromCell from) {
    Slice to = edit.slice();
    Slice at = from.source();
    return !from.keep()
        && from.weight() == 1
        && to.site() == at.site()
        && to.layer() == at.layer()
        && work.tokens().length == all.get(from.cell()).tokens().length
        && Arrays.equals(to.positions(), at.positions())
        && Arrays.equals(to.sources(), at.sources())
        && Arrays.equals(to.heads(), at.heads())
        && Arrays.equals(to.units(), at.units());
  }

  /** Whether the source's value at a position is what the edited work has there anyway. */
  private boolean isEqual(CellEdit edit, Work source, int position) {
    Slice slice = edit.slice();
    int order = Work.order(slice);
    List<CellEdit> others = work.edits().stream().filter(e -> !Objects.equals(e, edit)).toList();
    if (Flow.isPointwise(slice.site(), slice.layer())) {
      return work.tokens()[position] == source.tokens()[position]
          && !Effects.touches(others, order, position)
          && !Effects.touches(source.edits(), order, position);
    }
    if (!causal) {
      return Arrays.equals(work.tokens(), source.tokens())
          && Effects.none(others, order)
          && Effects.none(source.edits(), order);
    }
    return position < Effects.firstDifference(work.tokens(), source.tokens())
        && position < Effects.first(others, order)
        && position < Effects.first(source.edits(), order);
  }
}
