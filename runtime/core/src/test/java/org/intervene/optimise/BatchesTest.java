package org.intervene.optimise;

import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** Works that share nothing are carried out one batch after the other. */
class BatchesTest {
  private static final int FLOAT = 4;

  private static final String PAIRS =
      """
      data q pairs {
        clean [1, 2, 3, 4, 5] corrupt [6, 2, 9, 4, 5] { answer 7 }
        clean [7, 2, 3, 4, 5] corrupt [7, 2, 9, 4, 5] { answer 7 }
        clean [8, 2, 3, 4, 5] corrupt [8, 2, 9, 4, 5] { answer 7 }
      }
      run good on q.clean
      run bad on q.corrupt
      run swept on q.corrupt for layer in all { patch resid_pre[layer] @ 2 from good }
      metric l = logit(answer)
      """;

  private static PhysicalPlan batched(Plan plan, Exactness least, long batch) {
    return Optimiser.optimise(plan, least, 1L << 30, FLOAT, batch);
  }

  @Test
  void whatIsKeptShrinksToOneGroup() {
    Plan plan = plan(PAIRS);
    PhysicalPlan whole = batched(plan, Exactness.WITHIN_TOLERANCE, Long.MAX_VALUE);
    PhysicalPlan groups = batched(plan, Exactness.WITHIN_TOLERANCE, 1);
    assertEquals(2, whole.packs().size());
    assertEquals(
        List.of(Pack.Kind.FULL, Pack.Kind.JOIN, Pack.Kind.FULL, Pack.Kind.JOIN),
        groups.packs().stream().map(Pack::kind).limit(4).toList());
    long all = Residence.of(plan, whole, FLOAT, false).kept();
    long one = Residence.of(plan, groups, FLOAT, false).kept();
    assertTrue(one <= all / 3, one + " of " + all);
  }

  @Test
  void aBatchTakesAsManyGroupsAsItMay() {
    Plan plan = plan(PAIRS);
    long one =
        Residence.of(plan, batched(plan, Exactness.WITHIN_TOLERANCE, 1), FLOAT, false).kept();
    PhysicalPlan two = batched(plan, Exactness.WITHIN_TOLERANCE, 2 * one);
    assertTrue(two.packs().size() < batched(plan, Exactness.WITHIN_TOLERANCE, 1).packs().size());
  }

  @Test
  void everyWorkRunsOnceAndAfterWhatItReads() {
    Plan plan =
        plan(
            PAIRS
                + """
                run averaged on q.corrupt for layer in all { mean mlp_out[layer] over q.clean }
                run again on q.clean { patch z[1] @ 3..4 from bad }
                """);
    for (Exactness least : Exactness.values()) {
      PhysicalPlan groups = batched(plan, least, 1);
      PhysicalPlan whole = batched(plan, least, Long.MAX_VALUE);
      assertEquals(works(whole), works(groups));
      Map<Integer, Integer> packOf = new HashMap<>();
      for (int p = 0; p < groups.packs().size(); p++) {
        for (int work : groups.packs().get(p).works()) {
          packOf.put(work, p);
        }
      }
      Inputs inputs = new Inputs(groups.works());
      for (Work work : groups.works().works()) {
        if (packOf.containsKey(work.id())) {
          int own = packOf.get(work.id());
          inputs.of(work, (value, layer) -> assertTrue(packOf.get(value.work()) < own));
        }
      }
      Liveness liveness = Liveness.of(plan, groups);
      int means = groups.packs().size();
      for (int p = 0; p < groups.packs().size(); p++) {
        means = liveness.after(p).statistics().isEmpty() ? means : Math.min(means, p);
      }
      int made = means;
      groups.works().works().stream()
          .filter(w -> packOf.containsKey(w.id()))
          .filter(w -> w.edits().toString().contains("FromStatistic"))
          .forEach(w -> assertTrue(packOf.get(w.id()) > made));
    }
  }

  private static List<Integer> works(PhysicalPlan plan) {
    return plan.packs().stream()
        .flatMap(p -> p.works().stream())
        .sorted()
        .collect(Collectors.toList());
  }
}
