package org.intervene.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.intervene.compile.Compiled;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;
import org.intervene.plan.PlannedRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every site that GPT-2 has is where TransformerLens fires its hook: it holds the same values, and
 * halving them, one layer at a time, gives the same logits.
 */
class TransformerLensSitesTest {
  private static ReferenceTensors expected;
  private static Bench bench;

  @BeforeAll
  static void open() {
    expected = ReferenceTensors.read(Path.of("src/test/resources/sites/expected.safetensors"));
    bench = new Bench("gpt2-plain", Dtype.FLOAT64);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"embed", "pos_embed", "final_norm"})
  void sitesOfTheModel(String site) {
    compare(
        site,
        """
        run clean on d.tokens { collect %s as value collect logits as logits }
        run halved on d.tokens { scale %s by 0.5 collect logits as logits }
        """
            .formatted(site, site));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resid_pre",
        "attn_in",
        "q",
        "k",
        "v",
        "scores",
        "pattern",
        "z",
        "head_out",
        "attn_out",
        "resid_mid",
        "mlp_in",
        "mlp_pre",
        "mlp_post",
        "mlp_out",
        "resid_post"
      })
  void sitesOfALayer(String site) {
    compare(
        site,
        """
        run clean on d.tokens { collect %s[all] as value collect logits as logits }
        run halved on d.tokens for layer in all {
          scale %s[layer] by 0.5
          collect logits as logits
        }
        """
            .formatted(site, site));
  }

  private static void compare(String site, String runs) {
    Compiled compiled =
        bench.compile(
            """
            experiment "sites"
            model "fixture" dtype float64
            data d rows { tokens %s }
            %s
            """
                .formatted(expected.ids("tokens"), runs));
    for (Execution execution :
        new Execution[] {bench.naive(compiled), bench.packed(compiled, 1L << 28)}) {
      equal(site, expected.get("value/" + site), read(compiled, execution, "clean", "value"));
      equal("logits", expected.get("value/logits"), read(compiled, execution, "clean", "logits"));
      equal(
          site + " halved",
          expected.get("halved/" + site),
          read(compiled, execution, "halved", "logits"));
    }
  }

  /** What all cells of a run collected under a name, one cell after the other. */
  private static double[] read(
      Compiled compiled, Execution execution, String runName, String collected) {
    PlannedRun run =
        compiled.plan().runs().stream()
            .filter(r -> r.name().equals(runName))
            .findFirst()
            .orElseThrow();
    return Stream.of(run.cells())
        .flatMapToInt(java.util.Arrays::stream)
        .mapToObj(cell -> execution.collected().get(new Execution.CollectKey(cell, collected)))
        .flatMapToDouble(tensor -> elements(tensor.bytes()))
        .toArray();
  }

  private static DoubleStream elements(byte[] bytes) {
    double[] elements = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(elements);
    return DoubleStream.of(elements);
  }

  private static void equal(String what, double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-9, what + " entry " + i);
    }
  }
}
