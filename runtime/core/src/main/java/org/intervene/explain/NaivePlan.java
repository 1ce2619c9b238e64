package org.intervene.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intervene.explain.Explanation.Kind;
import org.intervene.explain.Explanation.Step;
import org.intervene.explain.Explanation.Totals;
import org.intervene.optimise.Cost;
import org.intervene.optimise.Footprint;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.Works;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;

/** Explains the naive plan: one whole forward pass for every cell, one after the other. */
final class NaivePlan {
  private final Plan plan;
  private final Cost cost;
  private final int elementBytes;
  private final CellOwners owners;
  private final Works distinct;
  private final Footprint footprint;
  private final boolean[] counted;

  NaivePlan(Plan plan, int elementBytes) {
    this.plan = plan;
    this.cost = new Cost(plan.model());
    this.elementBytes = elementBytes;
    this.owners = new CellOwners(plan);
    this.distinct = Optimiser.distinct(plan);
    this.footprint = new Footprint(plan.model(), Double.BYTES);
    this.counted = new boolean[distinct.works().size()];
  }

  Explanation explain(Memory fixed) {
    List<Step> steps = steps();
    double operations = cost.naive(plan);
    int cells = plan.cells().size();
    long largest = steps.stream().mapToLong(Step::bytes).max().orElse(0);
    long kept = steps.stream().mapToLong(Step::keeps).sum();
    return new Explanation(
        owners.logical(c -> false),
        List.of(),
        steps,
        new Totals(
            cells, cells, cells, 0, 0, 0, 0, operations, operations, fixed.with(kept, largest)));
  }

  /** A step for each stretch of cells that belong to one run. */
  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    List<Cell> cells = plan.cells();
    int start = 0;
    for (int i = 1; i <= cells.size(); i++) {
      if (i == cells.size() || owners.of(i) != owners.of(start)) {
        steps.add(step(cells.subList(start, i), owners.of(start)));
        start = i;
      }
    }
    return steps;
  }

  private Step step(List<Cell> cells, int run) {
    long longest = cells.stream().mapToLong(c -> c.tokens().length).max().orElse(0);
    long logits = longest * plan.model().vocabulary() * elementBytes;
    long row = cost.bytesPerRow(Math.toIntExact(longest), elementBytes);
    return new Step(
        Kind.WHOLE,
        cells.size(),
        cells.stream().mapToLong(c -> c.tokens().length).sum(),
        0,
        cells.stream().mapToDouble(c -> cost.naive(c.tokens().length)).sum(),
        longest * row + logits,
        cells.stream().mapToLong(this::kept).sum(),
        owners.served(Map.of(run, cells.size())));
  }

  /**
   * What others read of a cell, which is held in Java's memory; counted for the first of equals.
   */
  private long kept(Cell cell) {
    int work = distinct.ofCell()[cell.id()];
    long bytes = counted[work] ? 0 : footprint.of(distinct.works().get(work), null);
    counted[work] = true;
    return bytes;
  }
}
