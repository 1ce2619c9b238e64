package org.intervene.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The tasks, as specs. */
final class Sweeps {
  private static final String RESIDUAL = "patch resid_pre[layer] @ pos from clean";

  private static final String MODEL = "model \"random\"";

  private Sweeps() {}

  /** The residual stream patched at every layer and position. */
  static String residual(List<Prompts.Pair> pairs) {
    return spec(pairs, "layer in all, pos in all", RESIDUAL);
  }

  /** The residual stream patched at some layers and positions. */
  static String residual(List<Prompts.Pair> pairs, int[] layers, int[] positions) {
    return spec(pairs, "layer in %s, pos in %s".formatted(list(layers), list(positions)), RESIDUAL);
  }

  /** Every head's {@code z} patched at all positions. */
  static String heads(List<Prompts.Pair> pairs) {
    return spec(pairs, "layer in all, head in all", "patch z[layer].head[head] @ all from clean");
  }

  /** The same spec on a model directory. */
  static String on(Path model, String spec) {
    return spec.replace(MODEL, "model \"" + model.toAbsolutePath() + "\"");
  }

  private static String spec(List<Prompts.Pair> pairs, String sweep, String edit) {
    return """
        experiment "sweep"
        %s
        data d pairs {
        %s}
        run clean on d.clean
        run patched on d.corrupt for %s { %s }
        metric ld = logit(%d) - logit(%d)
        """
        .formatted(
            MODEL,
            pairs.stream()
                .map(p -> "clean %s corrupt %s\n".formatted(list(p.clean()), list(p.corrupt())))
                .collect(Collectors.joining()),
            sweep,
            edit,
            Prompts.ANSWER,
            Prompts.FOIL);
  }

  private static String list(int[] tokens) {
    return Arrays.toString(tokens);
  }
}
