package org.intervene.optimise;

import java.util.List;
import org.intervene.plan.Plan;

/** The pipeline of rewrites, one line a rule. */
public final class Optimiser {
  private static final List<Rule> RULES =
      List.of(
          new DropDeadCells(),
          new ShareDepthPrefix(),
          new SharePositionPrefix(),
          new PushMetricDown(),
          new CloseForm());

  private Optimiser() {}

  /**
   * Rewrites a plan.
   *
   * @param packBytes bytes that one pack may need
   * @param elementBytes bytes of one element in the run's dtype
   */
  public static PhysicalPlan optimise(Plan plan, long packBytes, int elementBytes) {
    Works works = ShareRuns.of(plan);
    for (Rule rule : RULES) {
      works = rule.apply(works);
    }
    List<Pack> packs = Packer.of(works, packBytes, elementBytes);
    works = works.counting(Packer.NAME, packs.size());
    return new PhysicalPlan(works, packs, Keeps.of(works));
  }
}
