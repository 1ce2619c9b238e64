package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.intervene.plan.Execution;

/** Whether two executions gave the same to the last bit. */
final class SameBits {
  private SameBits() {}

  /**
   * Compares numbers and saved tensors.
   *
   * @param place what is said where they differ
   */
  static void assertSame(Execution one, Execution other, String place) {
    for (int cell = 0; cell < one.reads().length; cell++) {
      assertArrayEquals(one.reads()[cell], other.reads()[cell], "cell " + cell + " " + place);
    }
    assertEquals(one.collected().keySet(), other.collected().keySet(), place);
    one.collected()
        .forEach((key, x) -> assertSame(x, other.collected().get(key), key + " " + place));
  }

  private static void assertSame(
      Execution.CollectedTensor one, Execution.CollectedTensor other, String place) {
    assertEquals(one.dtype(), other.dtype(), place);
    assertArrayEquals(one.shape(), other.shape(), place);
    assertArrayEquals(one.bytes(), other.bytes(), place);
  }
}
