package org.intervene.optimise;

import static org.intervene.optimise.Compiling.LAYERS;
import static org.intervene.optimise.Compiling.optimised;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** What runs leave behind for those that continue them. */
class KeepsTest {
  @Test
  void firesForRunsThatNobodyContinues() {
    Plan plan = plan("run edited on p.clean { zero z[2].head[1] @ 3 }\nmetric l = logit(answer)");
    PhysicalPlan physical = optimised(plan);
    assertNull(physical.keeps().get(work(plan, physical.works(), "corrupt").id()));
    assertNull(physical.keeps().get(work(plan, physical.works(), "edited").id()));
    assertEquals(2, physical.works().fired().get(Keeps.NAME));
  }

  @Test
  void keepsTheEntryAndTheKeysBehindIt() {
    Plan plan =
        plan("run edited on p.clean { zero z[2].head[1] @ 3..4 }\nmetric l = logit(answer)");
    PhysicalPlan physical = optimised(plan);
    Keeps keeps = physical.keeps().get(work(plan, physical.works(), "clean").id());
    assertEquals(Set.of(new SiteAt(Site.RESID_PRE, 2), new SiteAt(Site.Z, 2)), keeps.sites());
    assertEquals(3, keeps.keysFrom());
    assertEquals(1, keeps.users());
  }

  @Test
  void doesNotKeepKeysForWholeInputs() {
    Plan plan = plan("run edited on p.clean { zero mlp_out[1] }\nmetric l = logit(answer)");
    PhysicalPlan physical = optimised(plan);
    Keeps keeps = physical.keeps().get(work(plan, physical.works(), "clean").id());
    assertEquals(LAYERS, keeps.keysFrom());
  }

  @Test
  void doesNotFireForARunWhoseValuesAreRead() {
    Plan plan =
        plan("run edited on p.clean { patch z[1] @ 2..4 from corrupt }\nmetric l = logit(answer)");
    PhysicalPlan physical = optimised(plan);
    assertFalse(work(plan, physical.works(), "corrupt").lent().isEmpty());
    assertEquals(1, physical.works().fired().get(Keeps.NAME)); // the edited run itself
  }

  @Test
  void aValueBeforeTheEntryComesFromTheRunThatHasIt() {
    Plan plan =
        plan(
            """
            run half on p.clean { zero z[1] }
            run more on p.clean for c in [0, 2, 3] { zero z[1]  scale attn_out[1] @ 2..4 by c }
            metric l = logit(answer)
            """);
    PhysicalPlan physical = optimised(plan);
    int clean = work(plan, physical.works(), "clean").id();
    int half = work(plan, physical.works(), "half").id();
    assertEquals(clean, physical.works().holding(half, Site.RESID_PRE, 1));
    assertEquals(Set.of(new SiteAt(Site.Z, 1)), physical.keeps().get(half).sites());
  }
}
