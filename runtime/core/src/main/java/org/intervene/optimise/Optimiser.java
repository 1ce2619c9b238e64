package org.intervene.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intervene.plan.Plan;

/** The pipeline of rewrites, one line a rule. */
public final class Optimiser {
  private Optimiser() {}

  /** The rules that are no less exact than asked for; packing and keeping come behind them. */
  private static List<Rule> rules(Plan plan, Exactness least) {
    return Stream.of(
            new ShareRuns(plan),
            new DropDeadCells(),
            new ShareDepthPrefix(),
            new SharePositionPrefix(),
            new PushMetricDown(),
            new CloseForm(),
            new DelayPositions(),
            new ShareProjections())
        .filter(rule -> rule.exactness().compareTo(least) <= 0)
        .toList();
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
    for (Rule rule : rules(plan, least)) {
      works = rule.apply(works);
    }
    boolean alone = Packer.EXACTNESS.compareTo(least) > 0;
    Map<Integer, Keeps> keeps = Keeps.of(works);
    Footprint footprint = new Footprint(works.facts(), elementBytes);
    int[] batch = Batches.of(plan, works, keeps, footprint, batchBytes);
    List<Pack> packs = new Packer(works, packBytes, elementBytes, alone, batch).pack();
    if (!alone) {
      works = works.counting(Packer.NAME, packs.size());
    }
    works = works.counting(Keeps.NAME, Keeps.dropped(works, keeps));
    return new PhysicalPlan(works, packs, keeps, least, Set.of());
  }

  /**
   * What each rule did to a plan, in order. The rules are applied again: a run has no use for what
   * is counted here.
   *
   * @param physical what the rules made of the plan
   */
  public static List<Applied> applied(Plan plan, PhysicalPlan physical) {
    Works works = empty(plan);
    Cost cost = new Cost(plan.model());
    List<Applied> applied = new ArrayList<>();
    double operations = cost.naive(plan);
    for (Rule rule : rules(plan, physical.exactness())) {
      works = rule.apply(works);
      operations = cost.of(works);
      applied.add(applied(rule.name(), rule.exactness(), physical, operations));
    }
    if (Packer.EXACTNESS.compareTo(physical.exactness()) <= 0) {
      applied.add(applied(Packer.NAME, Packer.EXACTNESS, physical, operations));
    }
    applied.add(applied(Keeps.NAME, Keeps.EXACTNESS, physical, operations));
    return applied;
  }

  /** The distinct cells of a plan, each a whole forward pass of its own. */
  public static Works distinct(Plan plan) {
    return new ShareRuns(plan).apply(empty(plan));
  }

  private static Works empty(Plan plan) {
    return new Works(plan.model(), List.of(), new int[0], Map.of(), Map.of());
  }

  private static Applied applied(
      String rule, Exactness exactness, PhysicalPlan physical, double operations) {
    int fired = physical.works().fired().getOrDefault(rule, 0);
    return new Applied(rule, exactness, fired, operations);
  }
}
