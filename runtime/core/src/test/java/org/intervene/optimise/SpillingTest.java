package org.intervene.optimise;

import static org.intervene.optimise.Compiling.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** What waits in a file when memory cannot hold it. */
class SpillingTest {
  private static final int FLOAT = 4;

  private static final String SWEEP =
      """
      run swept on p.corrupt for layer in all, pos in 2..4 {
        patch resid_pre[layer] @ pos from clean
        collect resid_post[all] as stream
      }
      metric l = logit(answer)
      """;

  private final Plan plan = plan(SWEEP);
  private final PhysicalPlan physical =
      Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, 1, FLOAT);
  private final Residence inMemory = Residence.of(plan, physical, FLOAT, false);

  @Test
  void doesNothingWhereAllFits() {
    assertSame(physical, Spilling.under(plan, physical, FLOAT, false, inMemory.peak()));
    assertEquals(Set.of(), physical.spilled());
    assertEquals(0, inMemory.spilled());
  }

  @Test
  void makesRoomForWhatStays() {
    PhysicalPlan much = Spilling.under(plan, physical, FLOAT, false, 0);
    long least = Residence.of(plan, much, FLOAT, false).peak();
    assertTrue(least < inMemory.peak(), least + " of " + inMemory);
    int before = 0;
    boolean some = false;
    for (long most = inMemory.peak(); most >= least; most -= 32) {
      PhysicalPlan spilling = Spilling.under(plan, physical, FLOAT, false, most);
      Residence residence = Residence.of(plan, spilling, FLOAT, false);
      assertTrue(residence.peak() <= most, residence + " in " + most);
      assertTrue(spilling.spilled().size() >= before, "less memory never spills less");
      assertEquals(spilling.spilled().isEmpty(), residence.loaded() == 0);
      assertEquals(physical.packs(), spilling.packs());
      before = spilling.spilled().size();
      some |= before > 0 && before < much.spilled().size();
    }
    assertTrue(some, "no budget needs only some of it moved");
  }

  @Test
  void whatOnlyItsOwnPackReadsNeverMoves() {
    Liveness liveness = Liveness.of(plan, physical);
    Leavings leavings = new Leavings(physical, liveness, FLOAT);
    PhysicalPlan much = Spilling.under(plan, physical, FLOAT, false, 0);
    much.spilled().forEach(t -> assertTrue(leavings.all().get(t).last() > t.pack()));
  }

  @Test
  void whatIsCollectedCountsWhereItStaysInMemory() {
    Residence collecting = Residence.of(plan, physical, FLOAT, true);
    long cells = 12;
    assertEquals(cells * Compiling.LAYERS * 5 * 8 * FLOAT, collecting.collected());
    long grown = 2 * collecting.collected(); // it is in Java's memory
    assertEquals(inMemory.peak() + grown, collecting.peak());
  }

  @Test
  void sitesThatOnlyEditsUnfoldAreCounted() {
    String unfolded =
        """
        run swept on p.corrupt { %s[1] @ 3 }
        metric l = logit(answer)
        """;
    Plan plain = plan(unfolded.formatted("zero z"));
    Plan wide = plan(unfolded.formatted("zero head_out"));
    long row = 2 * 8 * FLOAT; // 2 heads, each d_model wide
    assertTrue(join(wide).bytes() >= join(plain).bytes() + join(wide).rows() * row);
  }

  private static Pack join(Plan plan) {
    PhysicalPlan physical = Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, 1 << 20, FLOAT);
    return physical.packs().get(physical.packs().size() - 1);
  }
}
