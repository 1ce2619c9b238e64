package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.list;
import static org.intervene.optimise.Compiling.optimised;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which positions join behind the block that is edited; inputs have 5 tokens. */
class DelayPositionsTest {
  private static final Rule RULE = new DelayPositions();

  private static Works delaying(Plan plan) {
    return after(
        plan,
        new DropDeadCells(),
        new ShareDepthPrefix(),
        new SharePositionPrefix(),
        new PushMetricDown(),
        new CloseForm(),
        RULE);
  }

  private static Route.Join route(Plan plan, Works works) {
    return (Route.Join) work(plan, works, "edited").route();
  }

  private static Plan edited(String edit, String metric) {
    return plan("run edited on p.corrupt { " + edit + " }\nmetric m = " + metric);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zero q[1] @ 2|2|3",
        "zero q_rot[1] @ 0|0|1",
        "knock out pattern[1].head[0] @ 3 <- 1|3|4",
        "zero z[1].head[1] @ 2|2|3",
        "zero attn_out[1] @ [1, 3]|1|4",
        "zero mlp_post[0] @ 1..2|1|3",
        "zero resid_post[1] @ 2|2|3",
        "zero z[1] @ 2  zero mlp_out[1] @ 3|2|4",
        "zero attn_out[1] @ 3  zero k[2] @ 1|1|4",
      })
  void firesForPositionsThatNothingHasToldOfTheEdit(String edit, int first, int delayed) {
    Plan plan = edited(edit, "logit(answer)");
    Works works = delaying(plan);
    assertEquals(first, route(plan, works).first());
    assertEquals(delayed, route(plan, works).delayed());
    assertEquals(5, route(plan, works).end());
    assertEquals(1, fired(works, RULE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero resid_pre[1] @ 2", // its keys and values are other ones
        "zero k[1] @ 2",
        "zero v[1] @ 2",
        "zero q[1] @ 2  zero v[1] @ 3",
        "zero z[1]", // every row is edited
        "zero z[1] @ 4", // there is no row behind it
      })
  void doesNotFireWhereOtherPositionsSeeTheEditOrThereAreNone(String edit) {
    Plan plan = edited(edit, "logit(answer)");
    Works works = delaying(plan);
    assertEquals(0, fired(works, RULE));
    assertEquals(5, route(plan, works).delayed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm(mlp_out[1] @ 2)|3",
        "norm(mlp_out[1] @ 2..3)|4",
        "norm(mlp_out[1] @ 2..4)|5",
        "norm(resid_pre[2] @ 2..4)|3",
        "norm(z[0] @ 2..4) + norm(z[2] @ 2..4)|3",
      })
  void doesNotFireForPositionsThatAreReadInTheBlock(String metric, int delayed) {
    Plan plan = edited("zero z[1] @ 2", metric);
    assertEquals(delayed, route(plan, delaying(plan)).delayed());
  }

  @Test
  void doesNotFireInTheLastBlock() {
    Plan plan = edited("zero z[3] @ 2", "norm(final_norm @ 2..4)");
    assertEquals(0, fired(delaying(plan), RULE));
    assertEquals(5, route(plan, delaying(plan)).delayed());
  }

  @Test
  void doesNotFireForARunThatOthersContinue() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero z[0] @ 1 }
            run more on p.clean for c in [0, 2, 3] { zero z[0] @ 1  scale mlp_out[2] @ 2 by c }
            metric l = logit(answer)
            """);
    Works works = delaying(plan);
    assertEquals(5, route(plan, works).delayed());
    assertEquals(3, fired(works, RULE)); // those that continue it
  }

  @Test
  void doesNotFireInAnEncoder() {
    Plan plan =
        plan(
            Compiling.ENCODER,
            "run edited on p.clean { zero z[1] @ 3 }\nmetric l = logit(answer) @ last");
    assertEquals(0, fired(delaying(plan), RULE));
  }

  @Test
  void theBlockBehindTakesProjectionsOfTheOthersFromTheContinuedRun() {
    Plan plan = edited("zero z[1] @ 2  zero attn_in[2] @ 3", "logit(answer)");
    PhysicalPlan physical = optimised(plan);
    assertEquals(list(2, 3), list(route(plan, physical.works()).projected()));
    Keeps keeps = physical.keeps().get(work(plan, physical.works(), "corrupt").id());
    assertTrue(
        keeps
            .sites()
            .containsAll(
                Set.of(
                    new SiteAt(Site.RESID_PRE, 1),
                    new SiteAt(Site.Z, 1),
                    new SiteAt(Site.RESID_POST, 1),
                    new SiteAt(Site.Q_ROT, 2))),
        keeps.toString());
    assertEquals(2, keeps.keysFrom());
  }

  /** Two of three rows need no output projection of [8, 8] and no MLP of two [8, 16]. */
  @Test
  void savesTheBlockOfTheOtherRows() {
    Plan plan = edited("zero z[1] @ 2", "logit(answer)");
    double[] left = new double[2];
    for (Applied rule : Compiling.applied(plan)) {
      left[0] = rule.rule().equals(CloseForm.NAME) ? rule.operations() : left[0];
      left[1] = rule.rule().equals(DelayPositions.NAME) ? rule.operations() : left[1];
    }
    assertEquals(2 * 2 * (8 * 8 + 2 * 8 * 16), left[0] - left[1], 1e-9);
  }
}
