package org.intervene.optimise;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.Read;
import org.intervene.plan.Statistic;

/**
 * Means and vectors that the works of a plan use.
 *
 * @param vectors those that are made from activations
 */
record Ingredients(List<Statistic> statistics, List<PlannedVector> vectors) {

  static Ingredients of(Plan plan, Works works) {
    TreeSet<Integer> statistics = new TreeSet<>();
    TreeSet<Integer> vectors = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (Work work : works.works()) {
      for (CellEdit edit : work.edits()) {
        if (edit.change() instanceof Change.FromStatistic c) {
          statistics.add(c.statistic());
        } else if (edit.change() instanceof Change.AddVector c) {
          open.add(c.vector());
        } else if (edit.change() instanceof Change.Project c) {
          open.add(c.vector());
        }
      }
      for (Read read : work.reads()) {
        if (read instanceof Read.Dot r) {
          open.add(r.vector());
        } else if (read instanceof Read.Cos r) {
          open.add(r.vector());
        }
      }
    }
    while (!open.isEmpty()) {
      int next = open.pop();
      if (vectors.add(next)) {
        open.addAll(plan.vectors().get(next).parts());
      }
    }
    return new Ingredients(
        statistics.stream().map(plan.statistics()::get).toList(),
        vectors.stream().map(plan.vectors()::get).filter(v -> !v.sources().isEmpty()).toList());
  }
}
