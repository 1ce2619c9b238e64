package org.intervene.optimise;

import static org.intervene.optimise.Compiling.optimised;
import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** Which works flow through the model together. */
class PackerTest {
  private static final String SWEEP =
      """
      run swept on p.corrupt for layer in all, pos in 2..4 { patch resid_pre[layer] @ pos from clean }
      metric l = logit(answer)
      """;

  @Test
  void firesAcrossLayersAndPositions() {
    List<Pack> packs = optimised(plan(SWEEP)).packs();
    assertEquals(2, packs.size());
    assertEquals(Pack.Kind.FULL, packs.get(0).kind());
    assertEquals(2, packs.get(0).works().size());
    assertEquals(Pack.Kind.JOIN, packs.get(1).kind());
    assertEquals(4 * 3 - 2, packs.get(1).works().size()); // two patches at layer 0 are dead
  }

  @Test
  void keepsUnderTheBudget() {
    Plan plan = plan(SWEEP);
    long one = optimised(plan).packs().stream().mapToLong(Pack::bytes).max().orElseThrow();
    List<Pack> packs = Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, one / 3, 4).packs();
    assertTrue(packs.size() >= 4);
    packs.forEach(p -> assertTrue(p.bytes() <= one / 3));
  }

  @Test
  void doesNotFireForWorksThatReadEachOther() {
    Plan plan =
        plan(
            """
            run first on p.clean { patch z[1] @ 2..4 from corrupt }
            run second on p.clean { patch mlp_out[2] @ 3 from first }
            metric l = logit(answer)
            """);
    List<Pack> packs = optimised(plan).packs();
    assertEquals(List.of(2, 1, 1), packs.stream().map(p -> p.works().size()).toList());
  }

  @Test
  void doesNotFireWhereEveryBitCounts() {
    List<Pack> packs = Compiling.strict(plan(SWEEP)).packs();
    assertEquals(12, packs.size());
    packs.forEach(p -> assertEquals(1, p.works().size()));
  }
}
