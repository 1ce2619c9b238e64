package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.execute.PackedExecutor;
import org.intervene.execute.Progress;
import org.intervene.experiment.LoadedModel;
import org.intervene.journal.Journal;
import org.intervene.model.Architecture;
import org.intervene.model.Dtype;
import org.intervene.model.placement.Placement;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Spilling;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model whose parts are spread over devices gives every bit of the same on one device, under
 * every plan. The devices stand in for GPUs, and {@link HomeCheck} fails where GPUs would.
 */
class SpreadModelTest {
  private static final String EVERYTHING =
      """
      experiment "everything"
      model "fixture"
      vector mean = mean(resid_post[0] @ last over p.clean)
      vector along = unembed(3) + mean
      data p pairs {
        clean [1, 2, 3, 4, 7] corrupt [1, 9, 3, 8, 7] { answer 7 }
        clean [5, 3, 3] corrupt [5, 4, 3] { answer 2 }
      }
      run clean on p.clean
      run corrupt on p.corrupt { collect resid_post[all] @ last as stream }
      run patched on p.corrupt for layer in all, pos in all {
        patch resid_pre[layer] @ pos from clean
        collect z[1] as z
      }
      run across on p.corrupt for layer in all { patch resid_pre[layer] @ last from clean resid_post[1] @ 0 }
      run back on p.corrupt for layer in all { patch mlp_out[layer] @ last from clean attn_out[0] @ last }
      run left on p.corrupt for layer in all { patch resid_post[layer] @ last from clean }
      run middle on p.corrupt for layer in all { patch resid_mid[layer] @ last from corrupt }
      run heads on p.clean for layer in all { patch z[layer].head[0] from corrupt }
      run averaged on p.corrupt for layer in all { mean mlp_out[layer] over p.clean by pos }
      run steered on p.clean for layer in all { steer resid_post[layer] @ last by along * 2 }
      run cut on p.clean for layer in all { knock out pattern[layer].head[1] @ last <- 0 }
      run noisy on p.clean for layer in all { noise attn_out[layer] sigma 0.5 seed 3 }
      run ablated on p.clean for layer in all { ablate resid_pre[layer] along along }
      run held on p.clean for layer in all {
        clamp mlp_out[layer].unit[0..1] to -0.1..0.1
        freeze attn_out[layer] from corrupt
      }
      metric l = logit(answer)
      metric p = logprob(answer)
      metric moved = kl(clean)
      metric far = js(corrupt)
      metric first = lens(0, answer)
      metric second = lens(1, answer)
      metric way = dot(resid_post[1] @ last, along)
      metric long = norm(resid_pre[1] @ last)
      metric looked = attention(1, 0, last, 0)
      """;

  private static final long PACK = 1L << 28;

  /** A split before each layer, three devices in turn, and the CPU for the last layer. */
  private static List<Placement> placements(Architecture model) {
    int n = model.layers();
    List<Placement> all = new ArrayList<>();
    for (int first = 1; first < n; first++) {
      int split = first;
      all.add(placement(model, "cpu:0", l -> l < split ? "cpu:0" : "cpu:1", "cpu:1"));
    }
    all.add(placement(model, "cpu:2", l -> "cpu:" + l % 3, "cpu:0"));
    all.add(placement(model, "cpu:0", l -> l == n - 1 ? "cpu" : "cpu:0", "cpu:1"));
    all.add(placement(model, "cpu", l -> "cpu:" + l % 2, "cpu"));
    return all;
  }

  private static Placement placement(
      Architecture model, String start, Function<Integer, String> block, String end) {
    return new Placement(
        start,
        IntStream.range(0, model.layers()).boxed().map(block).toList(),
        model.tied() ? start : end);
  }

  @ParameterizedTest
  @CsvSource({"gpt2-plain, FLOAT32", "llama-gqa, FLOAT64", "qwen3_moe-mixed, FLOAT32"})
  void ofDecodersHasEveryBit(String fixture, Dtype dtype) {
    holds(fixture, dtype, List.of(EVERYTHING), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2-plain, BFLOAT16", "bloom-3-heads, FLOAT32", "gemma2-layers, FLOAT64",
    "gpt_neox-parallel, FLOAT64", "mixtral-window, FLOAT64", "llama-dynamic, FLOAT32",
    "opt-post-norm, FLOAT32", "bert-plain, FLOAT32"
  })
  void ofRandomSpecsHasEveryBit(String fixture, Dtype dtype) {
    holds(fixture, dtype, List.of(), 2);
  }

  private static void holds(String fixture, Dtype dtype, List<String> specs, int random) {
    try (Bench one = new Bench(fixture, dtype)) {
      Architecture model = one.model().decoder().architecture();
      List<Compiled> compiled = new ArrayList<>(specs.stream().map(one::compile).toList());
      for (long seed = 1; seed <= random; seed++) {
        compiled(one, new RandomExperiments(model.facts(), seed).spec()).forEach(compiled::add);
      }
      assertTrue(compiled.size() > specs.size(), "no random spec made sense");
      List<List<Execution>> wanted = compiled.stream().map(c -> all(one, c)).toList();
      for (Placement placement : placements(model)) {
        same(fixture, dtype, placement, compiled, wanted);
      }
    }
  }

  private static void same(
      String fixture,
      Dtype dtype,
      Placement placement,
      List<Compiled> compiled,
      List<List<Execution>> wanted) {
    try (HomeCheck check = new HomeCheck();
        Bench spread = new Bench(fixture, dtype, placement)) {
      int loading = check.moves();
      assertTrue(loading > 0, "no weight went anywhere: " + placement.shown());
      for (int c = 0; c < compiled.size(); c++) {
        List<Execution> got = all(spread, compiled.get(c));
        for (int plan = 0; plan < got.size(); plan++) {
          String place = "plan " + plan + " of spec " + c + " over " + placement.shown();
          SameBits.assertSame(wanted.get(c).get(plan), got.get(plan), place);
        }
      }
      assertTrue(check.moves() > loading, "nothing moved: " + placement.shown());
    }
  }

  /** Under every plan. */
  private static List<Execution> all(Bench bench, Compiled compiled) {
    return List.of(
        bench.naive(compiled),
        bench.packed(compiled, PACK),
        spilled(bench, compiled),
        bench.strict(compiled, PACK));
  }

  /** Packs of one work each, with everything that they leave behind in a file. */
  private static Execution spilled(Bench bench, Compiled compiled) {
    LoadedModel model = bench.model();
    int bytes = model.decoder().dtype().bytes();
    Plan plan = compiled.plan();
    PhysicalPlan small = Optimiser.optimise(plan, Exactness.WITHIN_TOLERANCE, 1, bytes);
    PhysicalPlan spilling = Spilling.under(plan, small, bytes, false, 0);
    return PackedExecutor.execute(
        plan, spilling, model.manager(), model.decoder(), Progress.NONE, Journal.NONE);
  }

  private static Stream<Compiled> compiled(Bench bench, String spec) {
    try {
      return Stream.of(bench.compile(spec));
    } catch (DiagnosticException e) {
      return Stream.of(); // an edit that can never fire, say
    }
  }

  @Test
  void theCheckFindsTensorsOfTwoDevicesInOneCall() {
    try (HomeCheck check = new HomeCheck();
        NDManager first = new Home("cpu:0").newManager();
        NDManager second = new Home("cpu:1").newManager()) {
      NDArray x = Tensors.of(first, new double[] {1, 2}, Dtype.FLOAT32, 2);
      NDArray moved = Home.brought(second, x);
      assertEquals(1, check.moves());
      assertArrayEquals(new double[] {1, 2}, Tensors.toDoubles(moved));
      // a result that would be said to be elsewhere
      assertThrows(AssertionError.class, () -> Tensors.cast(second, x, Dtype.FLOAT64));
      // a tensor that changed its home without being copied
      assertThrows(IllegalStateException.class, () -> Home.keep(second, x));
      x.attach(second);
      assertThrows(AssertionError.class, () -> Tensors.cast(second, x, Dtype.FLOAT64));
    }
  }
}
