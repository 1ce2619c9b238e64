package org.intervene.optimise;

import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** The pipeline of rules. */
class OptimiserTest {
  private static final String SWEEP =
      """
      run swept on p.corrupt for layer in all, pos in all { patch resid_pre[layer] @ pos from clean }
      run last on p.corrupt { zero final_norm @ last }
      metric l = logit(answer)
      """;

  private static List<String> names(List<Applied> applied) {
    return applied.stream().map(Applied::rule).toList();
  }

  @Test
  void appliesTenRules() {
    assertEquals(
        List.of(
            "share-runs",
            "drop-dead-cells",
            "share-depth-prefix",
            "share-position-prefix",
            "push-metric-down",
            "close-form",
            "delay-positions",
            "share-projections",
            "pack",
            "keep-only-what-is-read"),
        names(Compiling.applied(plan(SWEEP))));
  }

  @Test
  void noRuleMakesAPlanDearer() {
    Plan plan = plan(SWEEP);
    double before = new Cost(plan.model()).naive(plan);
    for (Applied rule : Compiling.applied(plan)) {
      assertTrue(rule.operations() <= before, rule.toString());
      before = rule.operations();
    }
  }

  @Test
  void aStrictPlanHasBitwiseRulesAndWholeInputsAlone() {
    Plan plan = plan(SWEEP);
    PhysicalPlan strict = Compiling.strict(plan);
    List<Applied> applied = Optimiser.applied(plan, strict);
    assertEquals(
        List.of("share-runs", "drop-dead-cells", "share-depth-prefix", "keep-only-what-is-read"),
        names(applied));
    applied.forEach(r -> assertEquals(Exactness.BITWISE, r.exactness()));
    strict.packs().forEach(p -> assertEquals(1, p.works().size()));
    for (Work work : strict.works().works()) {
      assertTrue(work.route().isWhole() || work.route() instanceof Route.SameAs);
      assertTrue(!(work.route() instanceof Route.Join join) || join.rows() == 5);
    }
  }

  @Test
  void aNaivePassCostsTwoOperationsForEachWeightAndToken() {
    Plan plan = plan("metric l = logit(answer)");
    // q, k, v, o of [8, 8], an MLP of two [8, 16], 50 tokens; attention of 5 rows on 5 positions
    double weights = 4 * (4 * 8 * 8 + 2 * 8 * 16) + 8 * 50;
    double attention = 4 * (2 * 2 * 5 * 5 * 8);
    assertEquals(2 * (2 * 5 * weights + attention), new Cost(plan.model()).naive(plan), 1e-9);
  }
}
