package org.intervene.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Tensors;
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
  private static final Set<Site> LOOKED =
      Set.of(Site.RESID_PRE, Site.Z, Site.PATTERN, Site.ATTN_OUT, Site.MLP_OUT, Site.RESID_POST);

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
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = LoadedModel.load(folder, Dtype.FLOAT64, Device.cpu())) {
      for (String prompt : prompts(fixture)) {
        Pass fused = new Pass(model.decoder(), site -> false);
        Pass looked = new Pass(model.decoder(), LOOKED::contains);
        int[] tokens = fixture.tokens(prompt);
        double[] logits = fixture.numbers(prompt + "/logits");
        close(logits, fused.logits(List.of(tokens)), CLOSE, prompt + " logits, nothing looked at");
        close(logits, looked.logits(List.of(tokens)), CLOSE, prompt + " logits");
        for (int l = 0; l < model.decoder().layers(); l++) {
          for (Site site : LOOKED) {
            String name = prompt + "/" + site.spelled() + "." + l;
            if (fixture.has(name)) {
              close(fixture.numbers(name), looked.value(site, l), CLOSE, name);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsInFloat32(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = LoadedModel.load(folder, Dtype.FLOAT32, Device.cpu())) {
      for (String prompt : prompts(fixture)) {
        double[] expected = fixture.numbers(prompt + "/logits");
        double scale = 1;
        for (double x : expected) {
          scale = Math.max(scale, Math.abs(x));
        }
        Pass pass = new Pass(model.decoder(), site -> false);
        close(expected, pass.logits(List.of(fixture.tokens(prompt))), 1e-4 * scale, prompt);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void zeroPatchAndSteer(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = LoadedModel.load(folder, Dtype.FLOAT64, Device.cpu())) {
      Pass other = new Pass(model.decoder(), LOOKED::contains).keeping(model.manager());
      other.logits(List.of(fixture.tokens("b")));
      var edits = fixture.description().path("edits").fields();
      while (edits.hasNext()) {
        var edit = edits.next();
        Pass pass = new Pass(model.decoder(), site -> false);
        for (JsonNode step : edit.getValue().path("do")) {
          pass.edit(site(step), step.path("layer").intValue(), change(step, fixture, other, model));
        }
        double[] logits = pass.logits(List.of(fixture.tokens(edit.getValue().path("on").asText())));
        close(fixture.numbers("edit/" + edit.getKey() + "/logits"), logits, CLOSE, edit.getKey());
      }
    }
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

  private static List<String> prompts(Fixture fixture) {
    List<String> prompts = new ArrayList<>();
    fixture.description().path("prompts").fieldNames().forEachRemaining(prompts::add);
    return prompts;
  }

  private static Site site(JsonNode step) {
    return Site.valueOf(step.path("site").asText().toUpperCase(Locale.ROOT));
  }

  private static BiFunction<NDArray, Rows, NDArray> change(
      JsonNode step, Fixture fixture, Pass other, LoadedModel model) {
    return (x, rows) -> {
      double[] value = Tensors.toDoubles(x);
      int width = value.length / rows.count();
      int heads = step.path("head").isNull() ? 1 : (int) x.getShape().get(1);
      int each = width / heads;
      int head = step.path("head").isNull() ? 0 : step.path("head").intValue();
      for (int position : positions(step, rows.count())) {
        for (int i = 0; i < each; i++) {
          int at = position * width + head * each + i;
          value[at] =
              switch (step.path("do").asText()) {
                case "zero" -> 0;
                case "patch" -> other.value(site(step), step.path("layer").intValue())[at];
                case "steer" ->
                    value[at]
                        + step.path("times").doubleValue()
                            * fixture.numbers("vector/" + step.path("vector").asText())[i];
                default -> throw new IllegalArgumentException(step.toString());
              };
        }
      }
      return Tensors.of(x.getManager(), value, Tensors.dtype(x), x.getShape().getShape());
    };
  }

  private static List<Integer> positions(JsonNode step, int count) {
    List<Integer> positions = new ArrayList<>();
    if (step.path("positions").isArray()) {
      step.path("positions").forEach(p -> positions.add(p.intValue()));
    } else {
      for (int p = 0; p < count; p++) {
        positions.add(p);
      }
    }
    return positions;
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
