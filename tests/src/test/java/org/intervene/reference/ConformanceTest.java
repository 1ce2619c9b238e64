package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
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

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAddedToTheStreamIsWhatChangesIt(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    if (!fixture
        .description()
        .path("resid_pre_plus_attn_out_plus_mlp_out_is_resid_post")
        .booleanValue()) {
      return;
    }
    try (LoadedModel model = LoadedModel.load(folder, Dtype.FLOAT64, Device.cpu())) {
      Pass pass = new Pass(model.decoder(), site -> true);
      pass.logits(List.of(fixture.tokens("long")));
      for (int l = 0; l < model.decoder().layers(); l++) {
        double[] sum = pass.value(Site.RESID_PRE, l).clone();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += pass.value(Site.ATTN_OUT, l)[i] + pass.value(Site.MLP_OUT, l)[i];
        }
        close(pass.value(Site.RESID_POST, l), sum, 1e-11, "layer " + l);
      }
      for (Site site : Site.values()) {
        boolean absent = model.decoder().architecture().facts().whyAbsent(site).isPresent();
        assertTrue(absent || pass.saw(site, 0), site + " is said to exist but was not reached");
      }
    }
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
