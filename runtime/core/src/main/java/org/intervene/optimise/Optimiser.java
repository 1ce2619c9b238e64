package org.intervene.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.plan.Plan;

/** The pipeline of rewrites, one line a rule. */
public final class Optimiser {
  private Optimiser() {}

  private static List<Rule> rules(Plan plan) {
    return List.of(
        new ShareRuns(plan),
        new DropDeadCells(),
        new ShareDepthPrefix(),
        new SharePositionPrefix(),
        new PushMetricDown(),
        new CloseForm(),
        new ShareProjections());
  }

  /**
   * Rewrites a plan.
   *
   * @param least {@link Exactness#BITWISE} for a plan whose numbers have the bits of one whole pass
   *     for every cell, which leaves out every rule that may round otherwise
   * @param packBytes bytes that one pack may need
   * @param elementBytes bytes of one element in the run's dtype
   */
  public static PhysicalPlan optimise(
      Plan plan, Exactness least, long packBytes, int elementBytes) {
    return optimise(plan, least, packBytes, elementBytes, Long.MAX_VALUE);
  }

  /**
   * The same, carried out in batches.
   *
   * @param batchBytes bytes that the works of a batch may leave for each other
   */
  public static PhysicalPlan optimise(
      Plan plan, Exactness least, long packBytes, int elementBytes, long batchBytes) {
    Works works = empty(plan);
    List<Applied> applied = new ArrayList<>();
    for (Rule rule : rules(plan)) {
      if (rule.exactness().compareTo(least) <= 0) {
        works = rule.apply(works);
        applied.add(applied(rule.name(), rule.exactness(), works));
      }
    }
    boolean alone = Packer.EXACTNESS.compareTo(least) > 0;
    Map<Integer, Keeps> keeps = Keeps.of(works);
    Footprint footprint = new Footprint(works.facts(), elementBytes);
    int[] batch = Batches.of(plan, works, keeps, footprint, batchBytes);
    List<Pack> packs = new Packer(works, packBytes, elementBytes, alone, batch).pack();
    if (!alone) {
      works = works.counting(Packer.NAME, packs.size());
      applied.add(applied(Packer.NAME, Packer.EXACTNESS, works));
    }
    works = works.counting(Keeps.NAME, Keeps.dropped(works, keeps));
    applied.add(applied(Keeps.NAME, Keeps.EXACTNESS, works));
    return new PhysicalPlan(works, packs, keeps, least, applied, Set.of());
  }

  /** The distinct cells of a plan, each a whole forward pass of its own. */
  public static Works distinct(Plan plan) {
    return new ShareRuns(plan).apply(empty(plan));
  }

  private static Works empty(Plan plan) {
    return new Works(plan.model(), List.of(), new int[0], Map.of(), Map.of());
  }

  private static Applied applied(String rule, Exactness exactness, Works works) {
    double operations = new Cost(works.facts()).of(works);
    return new Applied(rule, exactness, works.fired().getOrDefault(rule, 0), operations);
  }
}
