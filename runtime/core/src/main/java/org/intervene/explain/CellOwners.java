package org.intervene.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.intervene.diagnostic.Span;
import org.intervene.explain.Explanation.Logical;
import org.intervene.explain.Explanation.Served;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;

/** Which declared run each cell of a plan belongs to. */
final class CellOwners {
  private final Plan plan;
  private final int[] runOf;

  CellOwners(Plan plan) {
    this.plan = plan;
    this.runOf = new int[plan.cells().size()];
    Arrays.fill(runOf, plan.runs().size());
    for (int r = 0; r < plan.runs().size(); r++) {
      for (int cell : plan.runs().get(r).cells()) {
        if (cell >= 0) {
          runOf[cell] = r;
        }
      }
    }
  }

  /** Index of the run that a cell belongs to; the number of runs if no run declares it. */
  int of(int cell) {
    return runOf[cell];
  }

  /** How many cells of each run a step serves, in the order of the spec. */
  List<Served> served(Map<Integer, Integer> cellsOfRun) {
    List<Served> served = new ArrayList<>();
    for (int r = 0; r <= plan.runs().size(); r++) {
      int cells = cellsOfRun.getOrDefault(r, 0);
      if (cells > 0 && r < plan.runs().size()) {
        PlannedRun run = plan.runs().get(r);
        served.add(new Served(run.name(), run.span(), cells));
      } else if (cells > 0) {
        served.add(new Served("", Span.NONE, cells));
      }
    }
    return served;
  }

  /**
   * The declared runs.
   *
   * @param dead which cells provably have the result of an unedited one
   */
  List<Logical> logical(IntPredicate dead) {
    return plan.runs().stream().map(run -> logical(run, dead)).toList();
  }

  private Logical logical(PlannedRun run, IntPredicate dead) {
    int[] cells = IntStream.of(run.cells()).filter(c -> c >= 0).toArray();
    return new Logical(
        run.span(),
        run.name(),
        run.data() + "." + run.column(),
        run.axes(),
        run.examples(),
        cells.length,
        IntStream.of(cells).mapToLong(c -> plan.cells().get(c).edits().size()).sum(),
        IntStream.of(cells).mapToLong(c -> plan.cells().get(c).reads().size()).sum(),
        IntStream.of(cells).filter(dead).count());
  }
}
