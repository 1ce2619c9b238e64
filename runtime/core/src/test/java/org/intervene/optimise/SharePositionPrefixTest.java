package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which position on a cell is computed; inputs have 5. */
class SharePositionPrefixTest {
  private static final Rule RULE = new SharePositionPrefix();

  private static Works shared(Plan plan) {
    return after(plan, new DropDeadCells(), new ShareDepthPrefix(), RULE);
  }

  private static int first(Plan plan, Works works, String run) {
    return ((Route.Join) work(plan, works, run).route()).first();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zero resid_pre[1] @ 3|3",
        "zero q[1] @ 2|2",
        "zero z[0].head[1] @ last|4",
        "knock out pattern[2].head[0] @ 3 <- 1|3",
        "patch resid_pre[1] from clean|2", // what is left of it when idle positions are dropped
        "zero z[1] @ 4  zero mlp_out[2] @ 1..2|1",
        "freeze mlp_out[2] @ [2, 4] from clean|2",
      })
  void firesAtTheFirstEditedPosition(String edit, int first) {
    Plan plan = plan("run edited on p.corrupt { " + edit + " }\nmetric l = logit(answer)");
    Works works = shared(plan);
    assertEquals(first, first(plan, works, "edited"));
    assertEquals(1, fired(works, RULE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logit(answer) @ 1", "loss()", "norm(resid_post[0] @ 1)"})
  void readsBeforeTheEditDoNotHoldItBack(String metric) {
    Plan plan =
        plan(
            "run edited on p.clean { zero z[1] @ 3 }\nmetric m = "
                + metric
                + "\nmetric l = logit(answer)");
    assertEquals(3, first(plan, shared(plan), "edited"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero resid_pre[1]", "zero z[1] @ 0", "noise mlp_out[0] sigma 1 seed 3"})
  void doesNotFireFromTheFirstPosition(String edit) {
    Plan plan = plan("run edited on p.clean { " + edit + " }\nmetric l = logit(answer)");
    assertEquals(0, fired(shared(plan), RULE));
  }

  @Test
  void doesNotFireInAnEncoder() {
    Plan plan =
        plan(
            Compiling.ENCODER,
            "run edited on p.clean { zero z[1] @ 3 }\nmetric l = logit(answer) @ last");
    Works works = shared(plan);
    assertEquals(0, fired(works, RULE));
    assertEquals(0, first(plan, works, "edited"));
  }

  @Test
  void doesNotFireBeforeWhatIsReadOfSeveralPositionsTogether() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero z[1] @ 3 }
            metric n = norm(resid_post[2] @ 1..4)
            """);
    assertEquals(1, first(plan, shared(plan), "edited"));
  }

  @Test
  void doesNotFireForARunThatOthersContinue() {
    Plan plan =
        plan(
            """
            run half on p.clean { zero z[0] @ 1 }
            run more on p.clean for c in [0, 2, 3] { zero z[0] @ 1  scale mlp_out[2] @ 2 by c }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    assertEquals(0, first(plan, works, "half"));
    assertEquals(2, first(plan, works, "more"));
  }
}
