package org.intervene.optimise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intervene.model.ModelFacts;
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
 * <p>This rule takes the idle positions out of edits and idle edits out of chains, and forgets what
 * only those read of other works. A work that is left with another one's edits, or with none where
 * there is an unedited run, has that one's numbers.
 */
final class DropDeadCells implements Rule {
  static final String NAME = "drop-dead-cells";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.BITWISE;
  }

  @Override
  public Works apply(Works works) {
    List<Work> left = works.copy();
    for (Work work : works.works()) {
      left.set(work.id(), work.withEdits(IdleEdits.without(work, left, works.facts().causal())));
    }
    forget(left, works.facts());
    int dead = 0;
    for (int work : works.ofCell()) {
      boolean edited = !works.get(work).edits().isEmpty();
      dead += edited && left.get(work).edits().isEmpty() ? 1 : 0;
    }
    return Equals.merged(works.with(left)).counting(NAME, dead);
  }

  /**
   * Drops edits that nothing notices, readers first: a work reads only works with smaller ids, so
   * what is still lent by a work is known when its turn comes.
   */
  private static void forget(List<Work> all, ModelFacts facts) {
    Flow flow = new Flow(facts);
    List<Set<Slice>> lent = new ArrayList<>();
    all.forEach(w -> lent.add(new LinkedHashSet<>()));
    for (int id = all.size() - 1; id >= 0; id--) {
      Work work = all.get(id).withLent(lent.get(id));
      List<Wanted.Item> items = Wanted.of(work);
      int length = work.tokens().length;
      List<CellEdit> noticed =
          work.edits().stream()
              .filter(e -> items.stream().anyMatch(i -> flow.reaches(e, length, i)))
              .toList();
      for (CellEdit edit : noticed) {
        if (edit.change() instanceof Change.FromCell from) {
          lent.get(from.cell()).add(from.source());
        }
      }
      all.set(id, work.withEdits(noticed));
    }
  }
}
