package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intervene.compile.Compiled;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A strict plan gives the bits of one whole forward pass for every cell, whatever it shares. */
class StrictPlanTest {
  private static final String SPEC =
      """
      experiment "strict"
      model "fixture"
      data p pairs {
        clean [1, 2, 3, 4, 5, 6, 7] corrupt [1, 2, 9, 4, 5, 8, 7] { answer 7 }
        clean [5, 3, 3] corrupt [5, 4, 3] { answer 2 }
      }
      run clean on p.clean
      run corrupt on p.corrupt
      run patched on p.corrupt for layer in all, pos in all { patch resid_pre[layer] @ pos from clean }
      run heads on p.clean for layer in all { zero z[layer].head[0]  freeze mlp_out[0] from corrupt }
      run cut on p.clean { knock out pattern[1].head[1] @ last <- 0  set resid_mid[0].unit[2] to 0.25 }
      run last on p.clean { patch resid_post[-1] @ last from corrupt }
      metric l = logit(answer)
      metric early = logit(answer) @ 1
      metric best = top1()
      """;

  @ParameterizedTest
  @CsvSource({"gpt2-plain, FLOAT32", "gpt2-plain, FLOAT64"})
  void hasEveryBitOfTheNaivePlan(String fixture, Dtype dtype) {
    try (Bench bench = new Bench(fixture, dtype)) {
      Compiled compiled = bench.compile(SPEC);
      Execution naive = bench.naive(compiled);
      Execution strict = bench.strict(compiled, 1L << 28);
      assertTrue(naive.reads().length > 20);
      for (int cell = 0; cell < naive.reads().length; cell++) {
        assertArrayEquals(naive.reads()[cell], strict.reads()[cell], "cell " + cell);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4096", "2, 268435456"})
  void doesNotDependOnThreadsOrMemory(int threads, long packBytes) {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT32)) {
      Compiled compiled = bench.compile(SPEC);
      Execution one = bench.strict(compiled, 1L << 28);
      TorchRuntime.start().threads(threads);
      try {
        Execution other = bench.strict(compiled, packBytes);
        for (int cell = 0; cell < one.reads().length; cell++) {
          assertArrayEquals(one.reads()[cell], other.reads()[cell], "cell " + cell);
        }
      } finally {
        TorchRuntime.start().threads(1);
      }
    }
  }
}
