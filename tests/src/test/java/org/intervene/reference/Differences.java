package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The largest difference between two computations of the same numbers, and where it is. */
final class Differences {
  private double largest;
  private String place = "nothing was compared";

  /**
   * Compares numbers.
   *
   * @param scale what differences are divided by
   */
  void add(double[] expected, double[] actual, double scale, String what) {
    assertEquals(expected.length, actual.length, what + ": number of elements");
    for (int i = 0; i < expected.length; i++) {
      boolean same = expected[i] == actual[i];
      double difference = same ? 0 : Math.abs(expected[i] - actual[i]) / scale;
      if (!(difference <= largest)) {
        largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
        place = what + ": element " + i + " is " + actual[i] + ", not " + expected[i];
      }
    }
  }

  double largest() {
    return largest;
  }

  void within(double tolerance) {
    assertTrue(largest <= tolerance, place);
  }
}
