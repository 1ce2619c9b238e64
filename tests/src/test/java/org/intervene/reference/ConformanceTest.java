package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.intervene.engine.script.TorchRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family against what Hugging Face transformers computes in float64. */
class ConformanceTest {
  private static final double CLOSE = 1e-9;

  /** The models are so small that a second thread only waits for the first. */
  @BeforeAll
  static void oneThread() {
    TorchRuntime.start().threads(1);
  }

  static List<Path> cases() throws IOException {
    return DescriptionsTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsSitesAndPatternsInFloat64(Path folder) throws IOException {
    Conformance.of(folder).values().within(CLOSE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsInFloat32(Path folder) throws IOException {
    Conformance.of(folder).float32().within(1e-4);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void zeroPatchAndSteer(Path folder) throws IOException {
    Conformance.of(folder).edits().within(CLOSE);
  }

  static void close(double[] expected, double[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, what + ": number of elements");
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
        throw new AssertionError(
            what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
      }
    }
  }
}
