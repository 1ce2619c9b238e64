package org.intervene.reference;

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
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.Site;

/** How far one fixture's numbers are from what transformers computed from it. */
final class Conformance {
  private static final Set<Site> LOOKED =
      Set.of(
          Site.RESID_PRE,
          Site.Z,
          Site.PATTERN,
          Site.ATTN_OUT,
          Site.ROUTER,
          Site.MLP_OUT,
          Site.RESID_POST);

  private final Path folder;
  private final Fixture fixture;

  private Conformance(Path folder, Fixture fixture) {
    this.folder = folder;
    this.fixture = fixture;
  }

  static Conformance of(Path folder) throws IOException {
    return new Conformance(folder, Fixture.read(folder));
  }

  /** Logits, residual streams, what is added to them, heads and patterns in float64. */
  Differences values() {
    Differences found = new Differences();
    try (LoadedModel model = load(Dtype.FLOAT64)) {
      for (String prompt : prompts()) {
        Pass fused = new Pass(model.decoder(), site -> false);
        Pass looked = new Pass(model.decoder(), LOOKED::contains);
        List<int[]> tokens = List.of(fixture.tokens(prompt));
        double[] logits = fixture.numbers(prompt + "/logits");
        found.add(logits, fused.logits(tokens), 1, prompt + " logits, nothing looked at");
        found.add(logits, looked.logits(tokens), 1, prompt + " logits");
        for (int l = 0; l < model.decoder().layers(); l++) {
          for (Site site : LOOKED) {
            String name = prompt + "/" + site.spelled() + "." + l;
            if (fixture.has(name)) {
              found.add(fixture.numbers(name), looked.value(site, l), 1, name);
            }
          }
        }
      }
    }
    return found;
  }

  /** Logits in float32, relative to the largest logit of the prompt. */
  Differences float32() {
    Differences found = new Differences();
    try (LoadedModel model = load(Dtype.FLOAT32)) {
      for (String prompt : prompts()) {
        double[] expected = fixture.numbers(prompt + "/logits");
        double scale = 1;
        for (double x : expected) {
          scale = Math.max(scale, Math.abs(x));
        }
        Pass pass = new Pass(model.decoder(), site -> false);
        found.add(expected, pass.logits(List.of(fixture.tokens(prompt))), scale, prompt);
      }
    }
    return found;
  }

  /** Logits under zero, patch and steer in float64. */
  Differences edits() {
    Differences found = new Differences();
    try (LoadedModel model = load(Dtype.FLOAT64)) {
      Pass other = new Pass(model.decoder(), LOOKED::contains).keeping(model.manager());
      other.logits(List.of(fixture.tokens("b")));
      var edits = fixture.description().path("edits").fields();
      while (edits.hasNext()) {
        var edit = edits.next();
        Pass pass = new Pass(model.decoder(), site -> false);
        for (JsonNode step : edit.getValue().path("do")) {
          pass.edit(site(step), step.path("layer").intValue(), change(step, other));
        }
        double[] logits = pass.logits(List.of(fixture.tokens(edit.getValue().path("on").asText())));
        found.add(fixture.numbers("edit/" + edit.getKey() + "/logits"), logits, 1, edit.getKey());
      }
    }
    return found;
  }

  private LoadedModel load(Dtype dtype) {
    return LoadedModel.load(folder, dtype, Device.cpu());
  }

  private List<String> prompts() {
    List<String> prompts = new ArrayList<>();
    fixture.description().path("prompts").fieldNames().forEachRemaining(prompts::add);
    return prompts;
  }

  private static Site site(JsonNode step) {
    return Site.valueOf(step.path("site").asText().toUpperCase(Locale.ROOT));
  }

  private BiFunction<NDArray, Rows, NDArray> change(JsonNode step, Pass other) {
    return (x, rows) -> {
      double[] value = Tensors.toDoubles(x);
      int width = value.length / rows.count();
      JsonNode picked = step.path("expert").isNumber() ? step.path("expert") : step.path("head");
      int heads = picked.isNumber() ? (int) x.getShape().get(1) : 1;
      int each = width / heads;
      int head = picked.asInt();
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
}
