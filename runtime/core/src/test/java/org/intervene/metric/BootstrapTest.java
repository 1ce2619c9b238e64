package org.intervene.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Intervals of sweeps with many points, whose draws are not all in memory together. */
class BootstrapTest {
  private static final int POINTS = 600;
  private static final int EXAMPLES = 5;
  private static final Set<String> OVER = Set.of(ArrayAxis.EXAMPLE);

  @Test
  void everyPointHasTheIntervalThatItHasAlone() {
    double[] data = new Random(1).doubles(POINTS * EXAMPLES).toArray();
    ArrayAxis examples = ArrayAxis.examples("d", EXAMPLES);
    ArrayAxis points = ArrayAxis.counted("c", "", POINTS);
    LabelledArray all = LabelledArray.of(List.of(points, examples), data);
    LabelledArray bounds = Bootstrap.interval(all, OVER, 0.95);
    assertEquals(2 * POINTS, bounds.size());
    for (int point : List.of(0, 1, 255, 256, 511, 512, POINTS - 1)) {
      double[] own = java.util.Arrays.copyOfRange(data, point * EXAMPLES, (point + 1) * EXAMPLES);
      LabelledArray alone =
          Bootstrap.interval(LabelledArray.of(List.of(examples), own), OVER, 0.95);
      assertEquals(alone.at(0), bounds.at(2 * point), 0, "low of " + point);
      assertEquals(alone.at(1), bounds.at(2 * point + 1), 0, "high of " + point);
    }
  }
}
