package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.list;
import static org.intervene.optimise.Compiling.optimised;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose queries, keys and values are computed where a cell starts; inputs have 5 tokens. */
class ShareProjectionsTest {
  private static final Rule RULE = new ShareProjections();

  private static Works shared(Plan plan) {
    return after(
        plan,
        new DropDeadCells(),
        new ShareDepthPrefix(),
        new SharePositionPrefix(),
        new PushMetricDown(),
        new CloseForm(),
        RULE);
  }

  private static int[] projected(Plan plan, Works works) {
    return ((Route.Join) work(plan, works, "edited").route()).projected();
  }

  private static Plan edited(String edit, String metric) {
    return plan("run edited on p.corrupt { " + edit + " }\nmetric m = " + metric);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zero resid_pre[1] @ 3|3",
        "zero attn_in[1] @ 0|0",
        "zero q[1] @ 2|2",
        "zero k[2].head[1] @ [1, 3]|1 3",
        "scale v[1] @ 1 by 3  zero resid_pre[1] @ 2..3|1 2 3",
        "zero resid_pre[1] @ 2  zero mlp_out[1] @ 3|2",
        "zero resid_pre[1] @ 2  zero resid_pre[2] @ all|2",
        "knock out pattern[2].head[0] @ 3 <- 1|",
      })
  void firesForRowsThatNoEditChanges(String edit, String positions) {
    Plan plan = edited(edit, "logit(answer)");
    Works works = shared(plan);
    String found =
        String.join(" ", list(projected(plan, works)).stream().map(p -> "" + p).toList());
    assertEquals(positions == null ? "" : positions, found);
    assertEquals(1, fired(works, RULE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero resid_pre[1]", // every row is edited
        "zero resid_pre[1] @ 4", // there is no row behind it
        "zero z[1] @ 2", // it starts behind attention
        "zero resid_post[1] @ 2",
        "zero embed @ 2",
      })
  void doesNotFireWhereEveryRowIsNew(String edit) {
    Plan plan = edited(edit, "logit(answer)");
    Works works = shared(plan);
    assertEquals(0, fired(works, RULE));
    assertNull(projected(plan, works));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm(v[1] @ 2..4)|0",
        "norm(q[1] @ 1..3)|0",
        "norm(v[2] @ 2..4)|1",
        "norm(z[1] @ 2..4)|1",
      })
  void doesNotFireWhereTheseAreRead(String metric, int fired) {
    Plan plan = edited("zero resid_pre[1] @ 2", metric);
    assertEquals(fired, fired(shared(plan), RULE));
  }

  @Test
  void doesNotFireForARunThatOthersContinue() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero resid_pre[1] @ 1 }
            run more on p.clean for c in [0, 2, 3] { zero resid_pre[1] @ 1  scale mlp_out[2] @ 2 by c }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    assertNull(projected(plan, works));
    assertEquals(0, fired(works, RULE));
  }

  @Test
  void firesInAnEncoder() {
    Plan plan =
        plan(
            Compiling.ENCODER,
            "run edited on p.clean { zero resid_pre[1] @ 3 }\nmetric l = logit(answer) @ last");
    assertEquals(list(3), list(projected(plan, shared(plan))));
  }

  @Test
  void theContinuedRunKeepsWhatIsTakenFromIt() {
    Plan plan = edited("zero resid_pre[1] @ 0", "logit(answer)");
    PhysicalPlan physical = optimised(plan);
    Keeps keeps = physical.keeps().get(work(plan, physical.works(), "corrupt").id());
    assertEquals(
        Set.of(
            new SiteAt(Site.RESID_PRE, 1),
            new SiteAt(Site.Q_ROT, 1),
            new SiteAt(Site.K_ROT, 1),
            new SiteAt(Site.V, 1)),
        keeps.sites());
    assertEquals(Compiling.LAYERS, keeps.keysFrom());
  }

  @Test
  void keysAndValuesThatAreKeptAnywayAreCountedOnce() {
    Plan plan = edited("zero resid_pre[1] @ 2", "logit(answer)");
    PhysicalPlan physical = optimised(plan);
    Keeps keeps = physical.keeps().get(work(plan, physical.works(), "corrupt").id());
    assertEquals(Set.of(new SiteAt(Site.RESID_PRE, 1), new SiteAt(Site.Q_ROT, 1)), keeps.sites());
    assertEquals(1, keeps.keysFrom());
  }

  /** Two of three rows need no queries, keys and values of [8, 8] each. */
  @Test
  void savesTheProductsOfTheOtherRows() {
    Plan plan = edited("zero resid_pre[1] @ 2", "logit(answer)");
    double[] left = new double[2];
    for (Applied rule : Compiling.applied(plan)) {
      left[0] = rule.rule().equals(CloseForm.NAME) ? rule.operations() : left[0];
      left[1] = rule.rule().equals(ShareProjections.NAME) ? rule.operations() : left[1];
    }
    assertEquals(2 * 2 * 3 * 8 * 8, left[0] - left[1], 1e-9, Arrays.toString(left));
  }
}
