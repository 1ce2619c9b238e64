package org.intervene.optimise;

import static org.intervene.optimise.Compiling.optimised;
import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** How long values are needed, and what has to run again. */
class LivenessTest {
  /** Pack 0 is the two inputs, pack 1 the first run, pack 2 the second, which reads the first. */
  private static final String CHAIN =
      """
      run first on p.clean { patch z[1] @ 2..4 from corrupt }
      run second on p.clean { patch mlp_out[2] @ 3 from first }
      metric l = logit(answer)
      """;

  @Test
  void aValueLivesUntilItsLastReader() {
    Plan plan = plan(CHAIN);
    PhysicalPlan physical = optimised(plan);
    Liveness liveness = Liveness.of(plan, physical);
    int corrupt = physical.works().ofCell()[1];
    int first = physical.works().ofCell()[2];
    Liveness.Value z = new Liveness.Value(corrupt, Site.Z, 1);
    Liveness.Value out = new Liveness.Value(first, Site.MLP_OUT, 2);
    assertTrue(liveness.isLive(z, 0));
    assertFalse(liveness.isLive(z, 1));
    assertTrue(liveness.isLive(out, 1));
    assertFalse(liveness.isLive(out, 2));
    Leavings leavings = new Leavings(physical, liveness, 4);
    Left tensor = liveness.left(out);
    assertEquals(new Left(1, Site.MLP_OUT, 2), tensor);
    assertEquals(new Leavings.Lasting(3 * 8 * 4, 2), leavings.all().get(tensor));
    long[] all = leavings.held(Set.of());
    long[] without = leavings.held(Set.of(tensor));
    assertEquals(
        List.of(0L, 3L * 8 * 4, 0L),
        List.of(all[0] - without[0], all[1] - without[1], all[2] - without[2]));
  }

  @Test
  void onlyWhatOthersStillReadRunsAgain() {
    Plan plan = plan(CHAIN);
    Liveness liveness = Liveness.of(plan, optimised(plan));
    assertEquals(new BitSet(), liveness.again(0));
    assertEquals(bits(0), liveness.again(1));
    assertEquals(bits(0, 1), liveness.again(2));
    assertEquals(new BitSet(), liveness.again(3));
  }

  @Test
  void whatIsGatheredWaitsForAllOfIt() {
    Plan plan =
        plan(
            """
            vector v = mean(resid_post[1] @ last over p.clean)
            run steered on p.corrupt for c in [1, 2] {
              steer resid_post[1] @ last by v * c
              collect resid_post[all] @ last as stream
            }
            metric l = logit(answer)
            """);
    Liveness liveness = Liveness.of(plan, optimised(plan));
    assertEquals(1, liveness.after(0).vectors().size());
    assertEquals(0, liveness.after(0).savings().size());
    assertEquals(2, liveness.after(1).savings().size());
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    for (int bit : set) {
      bits.set(bit);
    }
    return bits;
  }
}
