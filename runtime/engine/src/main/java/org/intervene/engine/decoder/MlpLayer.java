package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Site;
import org.intervene.model.part.Activation;
import org.intervene.model.part.FeedForward;

/** The MLP of one layer. */
final class MlpLayer implements FeedForwardLayer {
  private final int layer;
  private final Projection in;
  private final Optional<Projection> gate;
  private final Projection out;
  private final int activation;

  MlpLayer(int layer, FeedForward.Mlp part, WeightLoader weights) {
    this.layer = layer;
    this.in = Projection.of(weights, part.in());
    this.gate = part.gate().map(g -> Projection.of(weights, g));
    this.out = Projection.of(weights, part.out());
    this.activation = number(part.activation());
  }

  /** How the script calls an activation. */
  static int number(Activation activation) {
    return switch (activation) {
      case GELU -> 0;
      case GELU_TANH -> 1;
      case GELU_QUICK -> 2;
      case RELU -> 3;
      case RELU_SQUARED -> 4;
      case SILU -> 5;
      case TANH -> 6;
      case GELU_TANH_SHORT -> 7;
    };
  }

  @Override
  public NDArray apply(NDManager scope, NDArray x, Rows rows, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray post = activated(inner, x, rows, hooks);
      if (gate.isPresent()) {
        NDArray factor = hooked(Site.MLP_GATE, gate.get().apply(inner, x), rows, hooks);
        post = Operations.SCRIPT.call(inner, "times", post, factor);
      }
      return out.apply(scope, hooked(Site.MLP_POST, post, rows, hooks));
    }
  }

  private NDArray activated(NDManager inner, NDArray x, Rows rows, Hooks hooks) {
    if (!hooks.wants(Site.MLP_PRE, layer)) {
      return in.activated(inner, x, activation);
    }
    NDArray pre = hooks.rows(Site.MLP_PRE, layer, in.apply(inner, x), rows);
    return Operations.SCRIPT.call(inner, "activation", pre, activation);
  }

  private NDArray hooked(Site site, NDArray value, Rows rows, Hooks hooks) {
    return hooks.wants(site, layer) ? hooks.rows(site, layer, value, rows) : value;
  }
}
