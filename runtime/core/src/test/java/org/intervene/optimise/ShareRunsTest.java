package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;

/** Equal cells are one. */
class ShareRunsTest {
  @Test
  void firesOnEqualCells() {
    Plan plan =
        plan(
            """
            run again on p.clean
            run scaled on p.clean { scale z[1] by 2 }
            run twice on p.clean { scale z[1] by 2 }
            metric l = logit(answer)
            """);
    Works works = after(plan);
    assertEquals(2, fired(works, new ShareRuns(plan)));
    assertEquals(work(plan, works, "clean"), work(plan, works, "again"));
    assertEquals(work(plan, works, "scaled"), work(plan, works, "twice"));
  }

  @Test
  void theOneWorkIsReadForAllCells() {
    Plan plan =
        plan(
            """
            run again on p.clean { collect resid_post[1] as r }
            metric l = logit(answer)
            """);
    Work shared = work(plan, after(plan), "clean");
    assertEquals(1, shared.reads().size());
    assertEquals(1, shared.saved().size());
  }

  @Test
  void doesNotFireOnOtherTokensOrEdits() {
    Plan plan =
        plan(
            """
            run scaled on p.clean { scale z[1] by 2 }
            run more on p.clean { scale z[1] by 3 }
            run corrupted on p.corrupt { scale z[1] by 2 }
            metric l = logit(answer)
            """);
    Works works = after(plan);
    assertEquals(0, fired(works, new ShareRuns(plan)));
    assertNotEquals(work(plan, works, "scaled"), work(plan, works, "more"));
  }
}
