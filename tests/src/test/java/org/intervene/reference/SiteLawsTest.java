package org.intervene.reference;

import static org.intervene.reference.ConformanceTest.close;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.model.part.Block;
import org.intervene.model.part.Norm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What sites are to each other, in every family: {@code attn_out} and {@code mlp_out} are what
 * changes the residual stream, {@code head_out} sums to {@code attn_out} minus bias and {@code
 * expert_out} to {@code mlp_out}.
 *
 * <pre>
 *   most blocks                  resid_mid = resid_pre + attn_out          resid_post = resid_mid + mlp_out
 *   parallel blocks                            resid_post = resid_pre + attn_out + mlp_out
 *   norms behind the additions   resid_mid = norm(resid_pre + attn_out)    resid_post = norm(resid_mid + mlp_out)
 *   added to the normed stream   resid_mid = attn_in + attn_out            resid_post = mlp_in + mlp_out
 * </pre>
 */
class SiteLawsTest {
  private static final double ROUNDING = 1e-11;

  @BeforeAll
  static void oneThread() {
    TorchRuntime.start().threads(1);
  }

  static List<Path> cases() throws IOException {
    return DescriptionsTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAddedToTheStreamIsWhatChangesIt(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      Pass pass = passOf(model, fixture);
      boolean plain = true;
      for (int l = 0; l < model.decoder().layers(); l++) {
        Block block = model.decoder().architecture().blocks().get(l);
        plain &= block.attnSumNorm().isEmpty() && !block.addsToNormed();
        if (block.flow() == Block.Flow.PARALLEL) {
          close(
              pass.value(Site.RESID_POST, l),
              sum(pass, l, Site.RESID_PRE, Site.ATTN_OUT, Site.MLP_OUT),
              ROUNDING,
              "layer " + l);
        } else {
          Site base = block.addsToNormed() ? Site.ATTN_IN : Site.RESID_PRE;
          double[] mid = sum(pass, l, base, Site.ATTN_OUT);
          isSumOrNorm(pass.value(Site.RESID_MID, l), mid, block.attnSumNorm(), "mid " + l);
          base = block.addsToNormed() ? Site.MLP_IN : Site.RESID_MID;
          double[] post = sum(pass, l, base, Site.MLP_OUT);
          isSumOrNorm(pass.value(Site.RESID_POST, l), post, block.mlpSumNorm(), "post " + l);
        }
      }
      String law = "resid_pre_plus_attn_out_plus_mlp_out_is_resid_post";
      assertEquals(fixture.description().path(law).booleanValue(), plain, "which law holds");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void headsSumToWhatAttentionAdds(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      Pass pass = passOf(model, fixture);
      int heads = model.decoder().architecture().facts().heads();
      int width = model.decoder().architecture().dModel();
      for (int l = 0; l < model.decoder().layers(); l++) {
        Block block = model.decoder().architecture().blocks().get(l);
        double[] rest = pass.value(Site.ATTN_OUT, l).clone();
        double[] each = pass.value(Site.HEAD_OUT, l);
        for (int i = 0; i < each.length; i++) {
          rest[i / (heads * width) * width + i % width] -= each[i];
        }
        boolean biased = block.attention().out().bias().isPresent();
        double[] bias =
            biased ? repeated(rest, width, block.attnPostNorm()) : new double[rest.length];
        close(bias, rest, ROUNDING, "layer " + l);
      }
    }
  }

  /**
   * The first row of a matrix at every row: a bias is the same everywhere. Behind a norm it is
   * multiplied by one number a row, which is taken from the row's entry where the first row's is
   * largest.
   */
  private static double[] repeated(double[] rest, int width, Optional<Norm> behind) {
    int largest = 0;
    for (int i = 1; i < width; i++) {
      largest = Math.abs(rest[i]) > Math.abs(rest[largest]) ? i : largest;
    }
    double[] bias = new double[rest.length];
    for (int i = 0; i < bias.length; i++) {
      double factor = behind.isEmpty() ? 1 : rest[i / width * width + largest] / rest[largest];
      bias[i] = rest[i % width] * factor;
    }
    return bias;
  }

  /** In mixtures, and nothing comes from an expert but where transformers sends a token to it. */
  @ParameterizedTest
  @MethodSource("cases")
  void expertsSumToWhatTheMlpAdds(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      ModelFacts facts = model.decoder().architecture().facts();
      Pass pass = passOf(model, fixture);
      for (int l : facts.mixtures().layers()) {
        double[] each = pass.value(Site.EXPERT_OUT, l);
        double[] sum = new double[each.length / facts.mixtures().experts()];
        int width = facts.dModel();
        int block = facts.mixtures().experts() * width;
        boolean[] reached = new boolean[each.length / width];
        for (int i = 0; i < each.length; i++) {
          sum[i / block * width + i % width] += each[i];
          reached[i / width] |= each[i] != 0;
        }
        close(pass.value(Site.MLP_OUT, l), sum, ROUNDING, "layer " + l);
        boolean[] chosen = new boolean[reached.length];
        int[] numbers = fixture.integers("long/chosen." + l);
        for (int i = 0; i < numbers.length; i++) {
          chosen[i / facts.mixtures().chosen() * facts.mixtures().experts() + numbers[i]] = true;
        }
        assertArrayEquals(chosen, reached, "who was chosen in layer " + l);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sitesThatExistAreReached(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      Pass pass = passOf(model, fixture);
      for (Site site : Site.values()) {
        for (int l : model.decoder().architecture().facts().layersWith(site)) {
          assertTrue(pass.saw(site, l), site + " is not reached in layer " + l);
        }
      }
    }
  }

  /** A pass in which every site is looked at. */
  private static Pass passOf(LoadedModel model, Fixture fixture) {
    Pass pass = new Pass(model.decoder(), site -> true);
    pass.logits(List.of(fixture.tokens("long")));
    return pass;
  }

  private static LoadedModel load(Path folder) {
    return LoadedModel.load(folder, Dtype.FLOAT64, Device.cpu());
  }

  private static double[] sum(Pass pass, int layer, Site... sites) {
    double[] sum = pass.value(sites[0], layer).clone();
    for (int s = 1; s < sites.length; s++) {
      double[] more = pass.value(sites[s], layer);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += more[i];
      }
    }
    return sum;
  }

  private static void isSumOrNorm(double[] seen, double[] sum, Optional<Norm> norm, String what) {
    if (norm.isPresent()) {
      isLayerNorm(seen, sum, norm.get(), what);
    } else {
      close(seen, sum, ROUNDING, what);
    }
  }

  /**
   * Whether rows are a LayerNorm of others: with u = (x - mean) / sqrt(variance + epsilon), each
   * column is w u + b, the line through its values at the rows where u is smallest and largest.
   */
  private static void isLayerNorm(double[] seen, double[] x, Norm norm, String what) {
    assertEquals(Norm.Kind.LAYER, norm.kind(), what);
    int width = Math.toIntExact(norm.weight().get(0).shape()[0]);
    double[] u = standardised(x, width, norm.epsilon());
    int rows = x.length / width;
    for (int d = 0; d < width; d++) {
      int low = 0;
      int high = 0;
      for (int r = 1; r < rows; r++) {
        low = u[r * width + d] < u[low * width + d] ? r : low;
        high = u[r * width + d] > u[high * width + d] ? r : high;
      }
      double rise = seen[high * width + d] - seen[low * width + d];
      double slope = rise / (u[high * width + d] - u[low * width + d]);
      for (int r = 0; r < rows; r++) {
        double line = seen[low * width + d] + slope * (u[r * width + d] - u[low * width + d]);
        assertEquals(line, seen[r * width + d], ROUNDING, what + ", row " + r + ", unit " + d);
      }
    }
  }

  private static double[] standardised(double[] x, int width, double epsilon) {
    double[] u = new double[x.length];
    for (int start = 0; start < x.length; start += width) {
      double mean = 0;
      double squares = 0;
      for (int i = start; i < start + width; i++) {
        mean += x[i] / width;
      }
      for (int i = start; i < start + width; i++) {
        squares += (x[i] - mean) * (x[i] - mean) / width;
      }
      for (int i = start; i < start + width; i++) {
        u[i] = (x[i] - mean) / Math.sqrt(squares + epsilon);
      }
    }
    return u;
  }
}
