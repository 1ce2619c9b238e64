package org.intervene.optimise;

import static org.intervene.optimise.Compiling.after;
import static org.intervene.optimise.Compiling.fired;
import static org.intervene.optimise.Compiling.list;
import static org.intervene.optimise.Compiling.plan;
import static org.intervene.optimise.Compiling.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intervene.model.ModelFacts;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits that change nothing which is read. Clean and corrupt inputs differ at position 2 of 5. */
class DropDeadCellsTest {
  private static final Rule RULE = new DropDeadCells();

  private static Works dropped(Plan plan) {
    return after(plan, RULE);
  }

  private static boolean isDead(String edit) {
    return isDead(Compiling.FACTS, edit, "logit(answer)");
  }

  private static boolean isDead(ModelFacts facts, String edit, String metric) {
    Plan plan = plan(facts, "run edited on p.corrupt { " + edit + " }\nmetric l = " + metric);
    Works works = dropped(plan);
    return work(plan, works, "edited").equals(work(plan, works, "corrupt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patch resid_pre[3] @ 1 from clean",
        "patch z[2].head[0] @ 0..1 from clean",
        "freeze mlp_out[0] @ [0, 1] from clean",
        "freeze resid_mid[2] from corrupt",
        "patch resid_pre[0] @ 4 from clean",
        "patch q[0] @ 3 from clean",
        "patch pattern[1].head[1] @ 1 <- 0 from clean",
        "scale z[1] by 1",
        "noise embed sigma 0 seed 3",
      })
  void firesWhereAnEditWritesWhatIsThere(String edit) {
    assertTrue(isDead(edit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero resid_post[3] @ 2",
        "zero mlp_out[3] @ 1",
        "zero q[3] @ 3",
        "knock out pattern[3].head[0] @ 2 <- 0",
        "zero logits @ 3",
      })
  void firesWhereNoPathLeadsToWhatIsRead(String edit) {
    assertTrue(isDead(edit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patch resid_pre[3] @ 2 from clean",
        "patch resid_pre[1] @ 4 from clean",
        "patch scores[0].head[0] @ 4 <- 1 from clean",
        "zero k[3] @ 1",
        "zero v[3] @ 0",
        "knock out pattern[3].head[0] @ 4 <- 0",
        "zero resid_post[2] @ 0",
        "scale z[1] by 0.5",
        "freeze mlp_out[0] @ 3 from clean", // position 3 attends to position 2, which differs
        "add resid_pre[1] @ 0 from clean",
      })
  void doesNotFireWhereSomethingMayChange(String edit) {
    assertFalse(isDead(edit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patch resid_pre[0] @ 4 from clean", // before the first attention a position is alone
        "patch q[0] @ 3 from clean",
        "freeze resid_mid[2] from corrupt",
        "zero resid_post[3] @ 4",
      })
  void firesInAnEncoder(String edit) {
    assertTrue(isDead(Compiling.ENCODER, edit, "logit(answer) @ 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patch resid_pre[3] @ 1 from clean", // it attends to position 2, which differs
        "patch pattern[1].head[1] @ 1 <- 0 from clean",
        "zero resid_post[2] @ 4", // position 3 attends to it in the last block
        "zero v[3] @ 4",
      })
  void doesNotFireInAnEncoderWhereAnotherPositionIsSeen(String edit) {
    assertFalse(isDead(Compiling.ENCODER, edit, "logit(answer) @ 3"));
  }

  @Test
  void doesNotFireWhereAnEarlierEditChangedTheValue() {
    assertFalse(isDead("zero resid_pre[0] @ 0\n freeze resid_post[1] @ 1 from corrupt"));
    assertFalse(isDead("noise embed @ 1 sigma 1 seed 2\n patch resid_pre[0] @ 1 from clean"));
  }

  @Test
  void leavesTheLivePositionsOfAnEdit() {
    Plan plan =
        plan("run edited on p.corrupt { patch resid_pre[1] from clean }\nmetric l = logit(answer)");
    Work work = work(plan, dropped(plan), "edited");
    assertEquals(list(2, 3, 4), list(work.edits().get(0).slice().positions()));
  }

  @Test
  void countsCellsOfASweep() {
    Plan plan =
        plan(
            """
            run swept on p.corrupt for layer in all, pos in all { patch resid_pre[layer] @ pos from clean }
            metric l = logit(answer)
            """);
    // two positions before the difference in each of four layers, and two equal tokens behind it
    assertEquals(4 * 2 + 2, fired(dropped(plan), RULE));
  }

  @Test
  void forgetsWhatOnlyDeadEditsRead() {
    Plan plan =
        plan(
            """
            run dead on p.corrupt { patch resid_pre[2] @ 0 from clean }
            run live on p.corrupt { patch resid_pre[3] @ 2 from clean }
            metric l = logit(answer)
            """);
    Work clean = work(plan, dropped(plan), "clean");
    assertEquals(1, clean.lent().size());
    assertEquals(3, clean.lent().get(0).layer());
  }

  @Test
  void anEditThatOnlyAnEarlierReadSeesNothingOfIsDead() {
    Plan plan = plan("run edited on p.clean { zero z[2] }\nmetric n = norm(resid_post[1] @ last)");
    assertEquals(1, fired(dropped(plan), RULE));
  }
}
