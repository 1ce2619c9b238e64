package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.compile.Compiled;
import org.intervene.model.Dtype;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.plan.Execution;
import org.intervene.plan.PlannedRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs that are longer than a sliding window, or than what a rotary embedding was trained for:
 * the plan that computes only the positions from the first edited one on gives the naive plan's
 * numbers.
 */
class LongInputsTest {
  private static final String PREFIX_RULE = "share-position-prefix";
  private static final int LONG = 14;
  private static final int SHORT = 6;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mistral-window",
        "mixtral-window",
        "gpt_neo-local",
        "gemma2-layers",
        "gemma3_text-bases",
        "phi3-window",
        "qwen2-window",
        "qwen3_moe-sparse-step",
        "smollm3-window",
        "starcoder2-window"
      })
  void aWindowEndsInsideThePrefix(String fixture) {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT64)) {
      Compiled compiled = bench.compile(spec(bench));
      assertTrue(fired(compiled) > 0, "the rule has to fire for this test to say anything");
      same(bench.naive(compiled), bench.packed(compiled, 1L << 28), compiled);
    }
  }

  /** Angles that depend on the length of the input: a shorter input shares none of them. */
  @ParameterizedTest
  @ValueSource(strings = {"llama-dynamic", "phi3-longrope"})
  void anglesDependOnTheLength(String fixture) {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT64)) {
      Compiled compiled = bench.compile(spec(bench));
      assertTrue(fired(compiled) > 0, "the rule has to fire for this test to say anything");
      Execution naive = bench.naive(compiled);
      double inShort = naive.reads()[cell(compiled, "short")][0];
      double inLong = naive.reads()[cell(compiled, "long")][0];
      assertNotEquals(inShort, inLong, 1e-3, "the same first tokens, in inputs of two lengths");
      same(naive, bench.packed(compiled, 1L << 28), compiled);
      same(naive, bench.strict(compiled, 1L << 28), compiled);
    }
  }

  private static String spec(Bench bench) {
    int last = bench.model().decoder().layers() - 1;
    return """
        experiment "long"
        model "fixture"
        data d rows { long %s other %s short %s }
        run long on d.long
        run other on d.other
        run short on d.short
        run patched on d.long for layer in all, pos in [2, 7, 11] {
          patch resid_pre[layer] @ pos from other
        }
        run values on d.long for pos in [3, 9, 12] { zero v[0] @ pos }
        run shorter on d.short for pos in [1, 4] { zero k[0] @ pos }
        run late on d.long { scale z[%d] @ 10..12 by 0.5 }
        metric early = logit(3) @ 4
        metric end = logit(3)
        metric seen = attention(0, 0, last, last - 1)
        """
        .formatted(tokens(5, LONG), tokens(11, LONG), tokens(5, SHORT), last);
  }

  private static String tokens(int step, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString((7 + i * step + i * i) % 37))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static int fired(Compiled compiled) {
    return Optimiser.optimise(compiled.plan(), Exactness.WITHIN_TOLERANCE, 1L << 28, 8)
        .works()
        .fired()
        .getOrDefault(PREFIX_RULE, 0);
  }

  private static int cell(Compiled compiled, String run) {
    return compiled.plan().runs().stream()
        .filter(r -> r.name().equals(run))
        .map(PlannedRun::cells)
        .findFirst()
        .orElseThrow()[0];
  }

  private static void same(Execution naive, Execution other, Compiled compiled) {
    for (PlannedRun run : compiled.plan().runs()) {
      for (int cell : run.cells()) {
        for (int r = 0; r < naive.reads()[cell].length; r++) {
          assertEquals(
              naive.reads()[cell][r], other.reads()[cell][r], 1e-9, run.name() + ", read " + r);
        }
      }
    }
  }
}
