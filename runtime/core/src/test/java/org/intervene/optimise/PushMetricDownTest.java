package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.list;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** Which rows and columns are left when only what is read is computed. */
class PushMetricDownTest {
  private static final Rule RULE = new PushMetricDown();

  private static Works pushed(Plan plan) {
    return after(plan, new DropDeadCells(), new ShareDepthPrefix(), RULE);
  }

  @Test
  void firesWhereLaterPositionsAreNotRead() {
    Plan plan = plan("run edited on p.clean { zero z[1] @ 1 }\nmetric l = logit(answer) @ 2");
    Works works = pushed(plan);
    Route.Join join = (Route.Join) work(plan, works, "edited").route();
    assertEquals(3, join.end());
    assertEquals(list(2), list(join.finals()));
    Route.Full full = (Route.Full) work(plan, works, "corrupt").route();
    assertEquals(3, full.end());
    assertEquals(2, fired(works, RULE));
  }

  @Test
  void onlyReadPositionsGoPastTheLastAttention() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero z[1] @ 0 }
            metric a = logit(answer) @ 1
            metric b = norm(mlp_out[3] @ 3)
            metric c = norm(k[3] @ 4)
            """);
    Route.Join join = (Route.Join) work(plan, pushed(plan), "edited").route();
    assertEquals(list(1, 3), list(join.finals()));
    assertEquals(5, join.end());
  }

  @Test
  void aLogitCostsOneColumnOfTheUnembedding() {
    Plan logit = plan("metric l = logit(answer)");
    Plan rank = plan("metric l = rank(answer)");
    double columns = 2.0 * 8 * (50 - 1);
    Cost cost = new Cost(Compiling.FACTS);
    assertEquals(2 * columns, cost.of(pushed(rank)) - cost.of(pushed(logit)), 1e-9);
  }

  @Test
  void doesNotFireForARunThatOthersContinue() {
    Plan plan = plan("run edited on p.clean { zero z[1] @ 1 }\nmetric l = logit(answer) @ 2");
    Route.Full full = (Route.Full) work(plan, pushed(plan), "clean").route();
    assertEquals(5, full.end());
    assertEquals(5, full.finals().length);
  }

  @Test
  void inAnEncoderLaterPositionsAreComputedButDoNotComeOut() {
    Plan plan =
        plan(
            Compiling.ENCODER,
            "run edited on p.clean { zero z[1] @ 1 }\nmetric l = logit(answer) @ 2");
    Route.Join join = (Route.Join) work(plan, pushed(plan), "edited").route();
    assertEquals(5, join.end());
    assertEquals(list(2), list(join.finals()));
  }

  @Test
  void doesNotFireWhereEveryPositionIsRead() {
    Plan plan = plan("metric n = norm(resid_post[3] @ all)");
    Works works = pushed(plan);
    assertEquals(0, fired(works, RULE));
  }

  @Test
  void withoutItEveryLogitIsComputed() {
    Plan plan = plan("metric l = logit(answer)");
    assertTrue(work(plan, after(plan), "clean").route().isWhole());
    assertFalse(work(plan, pushed(plan), "clean").route().isWhole());
  }
}
