package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;
import org.intervene.plan.PlannedRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole sweeps equal what TransformerLens computes, for both ways of executing a plan. */
class TransformerLensSweepsTest {
  private static ReferenceTensors expected;
  private static Bench bench;

  @BeforeAll
  static void open() {
    expected =
        ReferenceTensors.read(Path.of("src/test/resources/interventions/expected.safetensors"));
    bench = new Bench("gpt2-plain", Dtype.FLOAT64);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  /** The reference tensor, the run's data column, its sweep and its edit. */
  static Stream<Arguments> sweeps() {
    return Stream.of(
        sweep(
            "patch-resid_pre",
            "p.corrupt",
            "layer, pos",
            "patch resid_pre[layer] @ pos from clean"),
        sweep(
            "patch-attn_out", "p.corrupt", "layer, pos", "patch attn_out[layer] @ pos from clean"),
        sweep("patch-mlp_out", "p.corrupt", "layer, pos", "patch mlp_out[layer] @ pos from clean"),
        sweep("patch-z", "p.corrupt", "layer, head", "patch z[layer].head[head] @ all from clean"),
        sweep("mean-z", "d.tokens", "layer, head", "mean z[layer].head[head] @ all over d"),
        sweep(
            "mean-z-by-pos",
            "d.tokens",
            "layer, head",
            "mean z[layer].head[head] @ all over d by pos"),
        sweep(
            "knock-out",
            "p.clean",
            "layer, head, src",
            "knock out pattern[layer].head[head] @ last <- src"),
        sweep(
            "knock-out-layer",
            "p.clean",
            "layer, src",
            "knock out pattern[layer].head[all] @ last <- src"));
  }

  private static Arguments sweep(String tensor, String on, String axes, String edit) {
    return Arguments.of(tensor, on, axes, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sweeps")
  void equalsTransformerLens(String tensor, String on, String axes, String edit) {
    Compiled compiled = bench.compile(spec(on, axes, edit));
    check(tensor, compiled, bench.naive(compiled));
    check(tensor, compiled, bench.packed(compiled, 1L << 28));
  }

  private static String spec(String on, String axes, String edit) {
    StringBuilder rows = new StringBuilder();
    double[] dataset = expected.get("tokens/dataset");
    int length = expected.get("tokens/clean").length;
    for (int start = 0; start < dataset.length; start += length) {
      double[] row = java.util.Arrays.copyOfRange(dataset, start, start + length);
      rows.append("{ tokens ").append(ReferenceTensors.listed(row)).append(" answer 17 foil 29 } ");
    }
    return """
        experiment "sweep"
        model "fixture" dtype float64
        data p pairs { clean %s corrupt %s { answer 17 foil 29 } }
        data d rows %s
        run clean on p.clean
        run swept on %s for %s in all { %s }
        metric ld = logit(answer) - logit(foil)
        """
        .formatted(
            expected.ids("tokens/clean"),
            expected.ids("tokens/corrupt"),
            rows,
            on,
            axes.replace(", ", " in all, "),
            edit);
  }

  private static void check(String tensor, Compiled compiled, Execution execution) {
    PlannedRun run =
        compiled.plan().runs().stream()
            .filter(r -> r.name().equals("swept"))
            .findFirst()
            .orElseThrow();
    double[] reference = expected.get(tensor);
    assertEquals(reference.length, run.cells().length);
    for (int i = 0; i < reference.length; i++) {
      double[] reads = execution.reads()[run.cells()[i]];
      assertEquals(reference[i], reads[0] - reads[1], 1e-9, tensor + " entry " + i);
    }
  }
}
