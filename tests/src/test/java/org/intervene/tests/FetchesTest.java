package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.compile.Compiled;
import org.intervene.engine.script.CallListener;
import org.intervene.engine.script.ScriptModule;
import org.intervene.model.Dtype;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pack waits for its device once: how often tensors are copied to Java's memory depends neither
 * on the number of cells nor on that of layers, and row numbers that layers share are sent once.
 */
class FetchesTest {
  private static final long PACK = 1L << 28;
  private static final String PATCH = "patch resid_pre[layer] @ pos from clean";
  private static final int LAYERS = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logit(answer)",
        "logprob(answer)",
        "rank(answer)",
        "entropy()",
        "loss()",
        "kl(clean)",
        "norm(resid_post[LAYER] @ last)",
        "norm(mlp_out[LAYER])",
        "attention(LAYER, 0, last, 1)",
        "lens(LAYER, answer)"
      })
  void readsAreFetchedOnceAPack(String metric) {
    onceAPack(PATCH, metric);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero mlp_out[layer] @ pos",
        "add z[layer].head[1] @ pos from clean",
        "scale q[layer] @ pos by 2",
        "clamp mlp_post[layer] @ pos to -0.5..0.5",
        "noise resid_mid[layer] @ pos sigma 0.7 seed 3",
        "knock out pattern[layer] @ last <- pos",
        "scale pattern[layer].head[1] @ last <- pos by 2",
        "patch pattern[layer] @ pos from clean",
        "add scores[layer] @ pos from clean",
        "clamp scores[layer] @ last <- pos to -0.5..0.5",
        "noise pattern[layer] @ pos sigma 0.1 seed 3"
      })
  void editsAreNotFetched(String edit) {
    onceAPack(edit, "logit(answer)");
  }

  private static void onceAPack(String edit, String metric) {
    try (Bench bench = new Bench("gpt2-plain", Dtype.FLOAT32)) {
      atMostOneAPack(bench, bench.compile(spec(edit, metric, "[0]", "[1]", 1)));
      atMostOneAPack(bench, bench.compile(spec(edit, metric, "all", "[1, 2, 3, 4]", LAYERS)));
    }
  }

  private static void atMostOneAPack(Bench bench, Compiled compiled) {
    int packs =
        Optimiser.optimise(compiled.plan(), Exactness.WITHIN_TOLERANCE, PACK, 4).packs().size();
    int fetches = traffic(bench, compiled).fetched;
    assertTrue(packs <= 2, packs + " packs: there is one for what is clean and one for the rest");
    assertTrue(0 < fetches && fetches <= packs, fetches + " fetches in " + packs + " packs");
  }

  /** All layers but the last, which has other rows: those that are read. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2-plain", "llama-gqa"})
  void whatLayersPickAlikeIsSentOnce(String fixture) {
    try (Bench bench = new Bench(fixture, Dtype.FLOAT32)) {
      for (String metric : List.of("norm(mlp_out[LAYER])", "norm(resid_post[LAYER] @ last)")) {
        Compiled one = bench.compile(spec(PATCH, metric, "[0]", "[1]", 1));
        Compiled all = bench.compile(spec(PATCH, metric, "[0]", "[1]", LAYERS - 1));
        bench.packed(one, PACK); // tables of angles are made once for each model
        assertEquals(traffic(bench, one).sent, traffic(bench, all).sent, metric);
      }
    }
  }

  /** How often tensors were copied to Java's memory, and made from it. */
  private record Traffic(int fetched, int sent) {}

  private static Traffic traffic(Bench bench, Compiled compiled) {
    AtomicInteger fetched = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    ScriptModule.listen(
        new CallListener() {
          @Override
          public void called(String method, Object[] arguments, long nanoseconds) {}

          @Override
          public void fetched(long elements) {
            fetched.incrementAndGet();
          }

          @Override
          public void sent(long elements) {
            sent.incrementAndGet();
          }
        });
    try {
      bench.packed(compiled, PACK);
    } finally {
      ScriptModule.listenNoMore();
    }
    return new Traffic(fetched.get(), sent.get());
  }

  private static String spec(String edit, String metric, String layers, String at, int read) {
    return """
        experiment "fetches"
        model "fixture"
        data p pairs {
          clean [1, 2, 3, 4, 5, 6] corrupt [7, 8, 9, 10, 11, 12] { answer 13 }
          clean [21, 22, 23, 24, 25, 26] corrupt [27, 28, 29, 30, 31, 32] { answer 14 }
        }
        run clean on p.clean
        run patched on p.corrupt for layer in %s, pos in %s { %s }
        %s
        """
        .formatted(
            layers,
            at,
            edit,
            IntStream.range(0, read)
                .mapToObj(
                    l -> "metric m" + l + " = " + metric.replace("LAYER", Integer.toString(l)))
                .collect(Collectors.joining("\n")));
  }
}
