package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a cell leaves the run that it shares its beginning with. */
class ShareDepthPrefixTest {
  private static final Rule RULE = new ShareDepthPrefix();

  private static Works shared(Plan plan) {
    return after(plan, new DropDeadCells(), RULE);
  }

  private static Route.Join join(Plan plan, Works works, String run) {
    return assertInstanceOf(Route.Join.class, work(plan, works, run).route());
  }

  @ParameterizedTest
  @CsvSource({
    "zero resid_pre[2], 2, BLOCK",
    "zero q[2] @ last, 2, BLOCK",
    "knock out pattern[1].head[0] @ last <- 1, 1, BLOCK",
    "zero pattern[3].head[1] @ last <- 1, 3, BLOCK",
    "zero z[2].head[1], 2, Z",
    "zero head_out[1].head[0], 1, Z",
    "zero attn_out[3], 3, Z",
    "zero resid_mid[1], 1, MLP",
    "mean mlp_post[2].unit[3] over p.clean, 2, MLP",
    "zero mlp_out[0], 0, MLP",
    "freeze resid_post[1] from corrupt, 1, AFTER",
    "zero final_norm, 3, AFTER",
    "skip attn[2], 2, Z",
  })
  void firesWhereTheFirstEditIs(String edit, int layer, Entry.Stage stage) {
    Plan plan = plan("run edited on p.clean { " + edit + " }\nmetric l = logit(answer)");
    Works works = shared(plan);
    Route.Join join = join(plan, works, "edited");
    assertEquals(new Entry(layer, stage), join.entry());
    assertEquals(work(plan, works, "clean").id(), join.parent());
  }

  @Test
  void severalEditsStartAtTheEarliest() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero mlp_out[3]  patch z[1].head[0] from corrupt  zero resid_pre[2] }
            metric l = logit(answer)
            """);
    assertEquals(new Entry(1, Entry.Stage.Z), join(plan, shared(plan), "edited").entry());
  }

  @Test
  void parallelBlocksAreEnteredAtTheirStart() {
    ModelFacts parallel =
        new ModelFacts(
            "test", 4, 8, 2, 2, 4, 16, 50, 32, Map.of(Site.RESID_MID, "blocks run in parallel"));
    Plan plan = plan(parallel, "run edited on p.clean { zero z[2] }\nmetric l = logit(answer)");
    assertEquals(new Entry(2, Entry.Stage.BLOCK), join(plan, shared(plan), "edited").entry());
  }

  @Test
  void continuesTheRunWithTheMostOfItsEdits() {
    Plan plan =
        plan(
            """
            run noised on p.clean { noise embed sigma 1 seed 2 }
            run restored on p.clean for layer in all { noise embed sigma 1 seed 2  patch resid_post[layer] from clean }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    assertEquals(work(plan, works, "noised").id(), join(plan, works, "restored").parent());
  }

  @Test
  void aRunThatIsContinuedMayContinueAnother() {
    Plan plan =
        plan(
            """
            run half on p.clean { zero z[2] }
            run more on p.clean for layer in [3] , c in [0, 2, 3] { zero z[2]  scale mlp_out[layer] by c }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    int half = work(plan, works, "half").id();
    assertEquals(half, join(plan, works, "more").parent());
    assertEquals(work(plan, works, "clean").id(), join(plan, works, "half").parent());
  }

  @Test
  void addsABeginningThatManyShare() {
    Plan plan =
        plan(
            """
            run swept on p.clean for layer in 1..3 { noise embed sigma 1 seed 2  zero mlp_out[layer] }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    Route.Join join = join(plan, works, "swept");
    assertEquals(1, works.get(join.parent()).edits().size());
    assertTrue(works.get(join.parent()).reads().isEmpty());
  }

  @Test
  void whatNoEditReachesIsReadFromTheContinuedRun() {
    Plan plan =
        plan(
            """
            run edited on p.clean { zero z[3] @ 3..4  collect resid_post[1] as early }
            metric early = norm(resid_post[0] @ last)
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    Work edited = work(plan, works, "edited");
    assertEquals(new Entry(3, Entry.Stage.Z), join(plan, works, "edited").entry());
    assertEquals(1, edited.reads().size());
    assertEquals(0, edited.saved().size());
    int clean = work(plan, works, "clean").id();
    assertEquals(clean, works.holding(edited.id(), Site.RESID_POST, 1));
    var norm = work(plan, works, "clean").reads().get(0);
    assertEquals(clean, works.answering(edited.id(), norm));
  }

  @Test
  void doesNotFireFromTheEmbeddingsOfThePositionThatIsFirst() {
    Plan plan = plan("run edited on p.clean { zero embed @ 0 }\nmetric l = logit(answer)");
    assertEquals(0, fired(shared(plan), RULE));
  }

  @Test
  void doesNotFireForAnInputThatNobodyRunsUnedited() {
    Plan plan =
        plan(
            """
            data other rows { a [3, 1, 4] answer 2 }
            run alone on other.a { zero z[2] }
            metric l = logit(answer)
            """);
    Works works = shared(plan);
    assertInstanceOf(Route.Full.class, work(plan, works, "alone").route());
    assertEquals(0, fired(works, RULE));
  }
}
