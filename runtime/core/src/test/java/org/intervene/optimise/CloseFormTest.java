package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.list;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.intervene.plan.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits behind the last block. */
class CloseFormTest {
  private static final Rule RULE = new CloseForm();

  private static Works closed(Plan plan) {
    return after(
        plan,
        new DropDeadCells(),
        new ShareDepthPrefix(),
        new SharePositionPrefix(),
        new PushMetricDown(),
        RULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale resid_post[3] @ last by 2",
        "patch resid_post[-1] from corrupt",
        "zero final_norm @ 3..4",
        "scale logits @ last by 0.5",
      })
  void firesBehindTheLastBlock(String edit) {
    Plan plan = plan("run edited on p.clean { " + edit + " }\nmetric l = logit(answer)");
    Works works = closed(plan);
    assertEquals(1, fired(works, RULE));
    Route.Close close = (Route.Close) work(plan, works, "edited").route();
    assertEquals(work(plan, works, "clean").id(), close.parent());
    assertEquals(list(4), list(close.positions()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale resid_post[2] @ last by 2",
        "zero mlp_out[3] @ last",
        "scale resid_post[3] @ last by 2  zero q[3] @ last",
        "scale resid_post[3] @ 1 by 2", // dead: position 1 is not read
      })
  void doesNotFireBeforeIt(String edit) {
    Plan plan = plan("run edited on p.clean { " + edit + " }\nmetric l = logit(answer)");
    assertEquals(0, fired(closed(plan), RULE));
  }
}
