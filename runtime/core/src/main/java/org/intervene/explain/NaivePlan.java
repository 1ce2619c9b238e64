package org.intervene.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intervene.explain.Explanation.Kind;
import org.intervene.explain.Explanation.Step;
import org.intervene.explain.Explanation.Totals;
import org.intervene.optimise.Cost;
import org.intervene.optimise.NaiveEstimate;
import org.intervene.optimise.Residence;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;

/** Explains the naive plan: one whole forward pass for every cell, one after the other. */
final class NaivePlan {
  private final Plan plan;
  private final Cost cost;
  private final CellOwners owners;
  private final NaiveEstimate estimate;
  private final Residence residence;

  NaivePlan(Plan plan, int elementBytes) {
    this.plan = plan;
    this.cost = new Cost(plan.model());
    this.owners = new CellOwners(plan);
    this.estimate = new NaiveEstimate(plan, elementBytes);
    this.residence = Residence.naive(plan, elementBytes);
  }

  Explanation explain(Memory fixed) {
    List<Step> steps = steps();
    double operations = cost.naive(plan);
    int cells = plan.cells().size();
    return new Explanation(
        owners.logical(c -> false),
        List.of(),
        steps,
        new Totals(cells, cells, cells, 0, 0, 0, 0, operations, operations, fixed.with(residence)));
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
    return new Step(
        Kind.WHOLE,
        cells.size(),
        cells.stream().mapToLong(c -> c.tokens().length).sum(),
        0,
        cells.stream().mapToDouble(c -> cost.naive(c.tokens().length)).sum(),
        cells.stream().mapToLong(estimate::running).max().orElse(0),
        cells.stream().mapToLong(estimate::kept).sum(),
        owners.served(Map.of(run, cells.size())));
  }
}
