package org.intervene.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.explain.Explanation.Kind;
import org.intervene.explain.Explanation.Served;
import org.intervene.explain.Explanation.Step;
import org.intervene.explain.Explanation.Totals;
import org.intervene.optimise.Cost;
import org.intervene.optimise.Entry;
import org.intervene.optimise.Footprint;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.Pack;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
import org.intervene.optimise.Route;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Plan;

/** Explains an optimised plan. */
public final class Explainer {
  private final Plan plan;
  private final PhysicalPlan physical;
  private final Works works;
  private final Cost cost;
  private final Footprint footprint;
  private final Residence residence;
  private final CellOwners owners;
  private final Map<Integer, Map<Integer, Integer>> runsOfWork = new HashMap<>();

  private Explainer(Plan plan, PhysicalPlan physical, int elementBytes, boolean collecting) {
    this.residence = Residence.of(plan, physical, elementBytes, collecting);
    this.plan = plan;
    this.physical = physical;
    this.works = physical.works();
    this.cost = new Cost(plan.model());
    this.footprint = new Footprint(plan.model(), elementBytes);
    this.owners = new CellOwners(plan);
    for (int cell = 0; cell < plan.cells().size(); cell++) {
      int work = works.real(works.ofCell()[cell]);
      runsOfWork
          .computeIfAbsent(work, k -> new HashMap<>())
          .merge(owners.of(cell), 1, Integer::sum);
    }
  }

  /**
   * Explains a plan.
   *
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   * @param fixed memory that is taken whatever the plan is
   */
  public static Explanation of(
      Plan plan, PhysicalPlan physical, int elementBytes, boolean collecting, Memory fixed) {
    return new Explainer(plan, physical, elementBytes, collecting).explain(fixed);
  }

  /** Explains what `--plan naive` does. */
  public static Explanation naive(Plan plan, int elementBytes, Memory fixed) {
    return new NaivePlan(plan, elementBytes).explain(fixed);
  }

  private Explanation explain(Memory fixed) {
    List<Step> steps = physical.packs().stream().map(this::step).toList();
    return new Explanation(
        owners.logical(this::isDead),
        Optimiser.applied(plan, physical),
        steps,
        totals(steps, fixed.with(residence)));
  }

  /** Whether a cell's edits were all found to change nothing that is read. */
  private boolean isDead(int cell) {
    return !plan.cells().get(cell).edits().isEmpty()
        && works.works().get(works.ofCell()[cell]).edits().isEmpty();
  }

  private Step step(Pack pack) {
    List<Work> members = pack.works().stream().map(works.works()::get).toList();
    return new Step(
        switch (pack.kind()) {
          case FULL -> Kind.WHOLE;
          case JOIN -> Kind.CONTINUED;
          case CLOSE -> Kind.CLOSED;
        },
        members.size(),
        pack.rows(),
        members.stream().mapToInt(this::firstLayer).min().orElse(0),
        members.stream().mapToDouble(cost::of).sum(),
        pack.bytes(),
        members.stream().mapToLong(w -> footprint.of(w, physical.keeps().get(w.id()))).sum(),
        served(members));
  }

  private List<Served> served(List<Work> members) {
    Map<Integer, Integer> cells = new HashMap<>();
    for (Work work : members) {
      runsOfWork
          .getOrDefault(work.id(), Map.of())
          .forEach((r, n) -> cells.merge(r, n, Integer::sum));
    }
    return owners.served(cells);
  }

  private int firstLayer(Work work) {
    return work.route() instanceof Route.Join join
        ? join.entry().layer()
        : work.route() instanceof Route.Close ? plan.model().layers() : Entry.START.layer();
  }

  private Totals totals(List<Step> steps, Memory memory) {
    List<Route> routes = works.works().stream().map(Work::route).toList();
    return new Totals(
        plan.cells().size(),
        routes.size(),
        routes.stream().filter(r -> r instanceof Route.Full).count(),
        routes.stream().filter(r -> r instanceof Route.Join).count(),
        routes.stream().filter(r -> r instanceof Route.Close).count(),
        routes.stream().filter(r -> r instanceof Route.SameAs).count(),
        IntStream.range(0, plan.cells().size()).filter(this::isDead).count(),
        cost.naive(plan),
        steps.stream().mapToDouble(Step::operations).sum(),
        memory);
  }
}
