package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;
import org.intervene.plan.Statistic;

/**
 * Puts works that need nothing of each other into batches that are carried out one after the other,
 * so that what works leave for others lives no longer than its batch.
 *
 * <pre>
 *   one batch      baseline 1, 2, 3, 4 │ cells of 1, 2, 3, 4           four baselines are kept
 *   two batches    baseline 1, 2 │ cells of 1, 2 │ baseline 3, 4 │ …   two
 * </pre>
 *
 * <p>What means and vectors are made from is a batch before all others.
 */
final class Batches {
  private final Works works;
  private final int[] above;
  private final Set<Integer> before = new HashSet<>();

  private Batches(Plan plan, Works works) {
    this.works = works;
    this.above = new int[works.works().size()];
    Arrays.setAll(above, i -> i);
    Inputs inputs = new Inputs(works);
    Map<Integer, Set<Integer>> needs = new HashMap<>();
    for (Work work : works.works()) {
      Set<Integer> own = needs.computeIfAbsent(work.id(), k -> new HashSet<>());
      if (work.route() instanceof Route.SameAs) {
        own.add(works.real(work.id()));
      } else {
        inputs.of(work, (value, layer) -> own.add(value.work()));
        parent(work.route(), own);
        work.edits().forEach(e -> taken(e, own));
        work.reads().forEach(r -> compared(r, own));
      }
      own.forEach(other -> join(work.id(), other));
    }
    feeding(plan).forEach(work -> first(work, needs));
  }

  private void parent(Route route, Set<Integer> own) {
    if (route instanceof Route.Join join) {
      own.add(works.real(join.parent()));
    } else if (route instanceof Route.Close close) {
      own.add(works.real(close.parent()));
    }
  }

  private void taken(CellEdit edit, Set<Integer> own) {
    if (edit.change() instanceof Change.FromCell from) {
      own.add(works.real(from.cell()));
    }
  }

  private void compared(Read read, Set<Integer> own) {
    if (read instanceof Read.Kl kl) {
      own.add(works.predicting(kl.cell(), kl.otherPosition()));
    } else if (read instanceof Read.Js js) {
      own.add(works.predicting(js.cell(), js.otherPosition()));
    }
  }

  private Set<Integer> feeding(Plan plan) {
    Set<Integer> feeding = new HashSet<>();
    Ingredients used = Ingredients.of(plan, works);
    for (Statistic s : used.statistics()) {
      for (int cell : s.cells()) {
        feeding.add(works.holding(works.ofCell()[cell], s.site(), s.layer()));
      }
    }
    for (PlannedVector vector : used.vectors()) {
      for (PlannedVector.Source source : vector.sources()) {
        Slice slice = source.slice();
        feeding.add(works.holding(works.ofCell()[source.cell()], slice.site(), slice.layer()));
      }
    }
    return feeding;
  }

  private void first(int work, Map<Integer, Set<Integer>> needs) {
    if (before.add(work)) {
      needs.get(work).forEach(other -> first(other, needs));
    }
  }

  private int top(int work) {
    while (above[work] != work) {
      above[work] = above[above[work]];
      work = above[work];
    }
    return work;
  }

  private void join(int one, int other) {
    int low = Math.min(top(one), top(other));
    above[top(one)] = low;
    above[top(other)] = low;
  }

  /**
   * The number of each work's batch; lower ones come first.
   *
   * @param footprint of what works leave behind
   * @param most bytes that the works of a batch leave behind, unless it is a single group
   */
  static int[] of(
      Plan plan, Works works, Map<Integer, Keeps> keeps, Footprint footprint, long most) {
    int[] batch = new int[works.works().size()];
    if (most == Long.MAX_VALUE) {
      return batch;
    }
    Batches batches = new Batches(plan, works);
    Map<Integer, List<Work>> groups = new TreeMap<>();
    for (Work work : works.works()) {
      if (!batches.before.contains(work.id())) {
        groups.computeIfAbsent(batches.top(work.id()), k -> new ArrayList<>()).add(work);
      }
    }
    int now = 1;
    long left = 0;
    for (List<Work> group : groups.values()) {
      long own = group.stream().mapToLong(w -> footprint.of(w, keeps.get(w.id()))).sum();
      if (left > 0 && left + own > most) {
        now++;
        left = 0;
      }
      left += own;
      for (Work work : group) {
        batch[work.id()] = now;
      }
    }
    return batch;
  }
}
