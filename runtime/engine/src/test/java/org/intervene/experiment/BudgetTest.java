package org.intervene.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a refusal says about the budget and what would help. */
class BudgetTest {
  private static final long MIB = 1L << 20;
  private static final long PROGRAM = 100 * MIB;
  private static final long WEIGHTS = 500 * MIB;

  /** The device has 300 of 500 MiB of weights, and 64 MiB for work beside them. */
  private static Budget tightest(long bytes, String device) {
    long allows = PROGRAM + WEIGHTS + 64 * MIB;
    return new Budget(
        Math.min(bytes, allows),
        Optional.of(new Budget.Tightest(device, 470 * MIB, 300 * MIB, allows)));
  }

  @Test
  void whatWasAskedForCanBeRaised() {
    Budget budget = Budget.of(600 * MIB);
    assertEquals("the budget of 600M", budget.subject(640 * MIB));
    assertEquals("`--memory 640M` would do", budget.cure(640 * MIB, PROGRAM, WEIGHTS));
  }

  @Test
  void aGpuHasToHaveMoreFree() {
    Budget budget = tightest(Long.MAX_VALUE, "cuda:1");
    long needed = PROGRAM + WEIGHTS + 70 * MIB;
    assertEquals(
        "cuda:1, which has the least room of the devices (170M beside its weights),",
        budget.subject(needed));
    assertEquals(
        "528M free on cuda:1 would do, where 470M are (`--memory` does not change that), or `--device cpu`",
        budget.cure(needed, PROGRAM, WEIGHTS),
        "300 of weights, 100 of the program, 128 of work");
  }

  @Test
  void theCpusShareIsWhatWasAskedFor() {
    long needed = PROGRAM + WEIGHTS + 70 * MIB;
    Budget budget = tightest(Long.MAX_VALUE, "cpu");
    assertEquals("`--memory 528M` would do", budget.cure(needed, PROGRAM, WEIGHTS));
  }

  @Test
  void lessThanTheDevicesAllowCanBeRaised() {
    Budget budget = tightest(610 * MIB, "cuda:1");
    long needed = PROGRAM + WEIGHTS + 30 * MIB;
    assertEquals("the budget of 610M", budget.subject(needed));
    assertEquals("`--memory 630M` would do", budget.cure(needed, PROGRAM, WEIGHTS));
  }
}
