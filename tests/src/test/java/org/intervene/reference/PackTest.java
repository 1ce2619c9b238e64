package org.intervene.reference;

import static org.intervene.reference.ConformanceTest.close;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.intervene.engine.decoder.Prefix;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.decoder.Segment;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.experiment.LoadedModel;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row's numbers do not depend on what it is computed together with, in any family. */
class PackTest {
  private static final double SAME = 1e-12;

  @BeforeAll
  static void oneThread() {
    TorchRuntime.start().threads(1);
  }

  static List<Path> cases() throws IOException {
    return DescriptionsTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void promptsOfDifferentLengthsShareAPack(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      List<int[]> prompts =
          List.of(fixture.tokens("a"), fixture.tokens("long"), fixture.tokens("b"));
      double[] packed = new Pass(model.decoder(), site -> false).logits(prompts);
      int from = 0;
      for (int[] prompt : prompts) {
        double[] alone = new Pass(model.decoder(), site -> false).logits(List.of(prompt));
        close(alone, Arrays.copyOfRange(packed, from, from + alone.length), SAME, "in a pack");
        from += alone.length;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyTheRowsThatAreReadGoPastTheLastAttention(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      int[] prompt = fixture.tokens("long");
      double[] all = new Pass(model.decoder(), site -> false).logits(List.of(prompt));
      int vocabulary = all.length / prompt.length;
      int[] keep = {2, prompt.length - 1};
      double[] kept =
          new Pass(model.decoder(), site -> false).logits(Rows.whole(prompt), Prefix.NONE, keep);
      for (int i = 0; i < keep.length; i++) {
        close(
            Arrays.copyOfRange(all, keep[i] * vocabulary, (keep[i] + 1) * vocabulary),
            Arrays.copyOfRange(kept, i * vocabulary, (i + 1) * vocabulary),
            SAME,
            "position " + keep[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSuffixWithCachedKeysAndValuesIsTheEndOfTheWhole(Path folder) throws IOException {
    Fixture fixture = Fixture.read(folder);
    try (LoadedModel model = load(folder)) {
      if (!model.decoder().architecture().causal()) {
        return;
      }
      int[] prompt = fixture.tokens("long");
      Pass whole = new Pass(model.decoder(), PackTest::isCached).keeping(model.manager());
      double[] all = whole.logits(List.of(prompt));
      int vocabulary = all.length / prompt.length;
      for (int first : new int[] {1, 4, prompt.length - 1}) {
        Segment suffix = new Segment(first, prompt.length - first, prompt.length);
        Rows rows = Rows.of(List.of(suffix, suffix), List.of(prompt, prompt));
        double[] twice = new Pass(model.decoder(), site -> false).logits(rows, cached(whole), null);
        double[] end = Arrays.copyOfRange(all, first * vocabulary, all.length);
        close(end, Arrays.copyOf(twice, end.length), SAME, "from " + first);
        close(end, Arrays.copyOfRange(twice, end.length, 2 * end.length), SAME, "twice " + first);
      }
    }
  }

  private static boolean isCached(Site site) {
    return site == Site.K_ROT || site == Site.V;
  }

  /** Keys and values of one whole pass for every segment. */
  private static Prefix cached(Pass whole) {
    return (scope, site, layer, wanted) ->
        new Prefix.Earlier(whole.tensor(site, layer), new int[wanted.length]);
  }

  private static LoadedModel load(Path folder) {
    return LoadedModel.load(folder, Dtype.FLOAT64, Device.cpu());
  }
}
