package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.engine.weights.LinearWeights;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.Linear;

/**
 * y = W x + b, with W [out, in] and b [out] or none.
 *
 * <p>On a CPU, float32 weights are laid out for oneDNN when they are loaded ({@link
 * org.intervene.engine.weights.Packing}).
 */
final class Projection {
  private final LinearWeights weights;
  private final NDArray[] bias;

  private Projection(LinearWeights weights) {
    this.weights = weights;
    this.bias = Normalisation.maybe(weights.bias());
  }

  /**
   * The outputs of one or more linear maps of the same input, side by side: one product instead of
   * several.
   */
  static Projection of(WeightLoader weights, Linear... parts) {
    return new Projection(weights.linear(parts));
  }

  NDArray apply(NDManager scope, NDArray x) {
    return Operations.SCRIPT.call(
        scope, weights.packed() ? "packed_linear" : "linear", x, weights.weight(), bias);
  }

  /** An activation of the outputs, in one step with them where oneDNN has it. */
  NDArray activated(NDManager scope, NDArray x, int activation) {
    if (weights.packed()) {
      return Operations.SCRIPT.call(
          scope, "packed_activated", x, weights.weight(), bias, activation);
    }
    try (NDArray y = apply(scope, x)) {
      return Operations.SCRIPT.call(scope, "activation", y, activation);
    }
  }

  /** b [out], or nothing. */
  NDArray[] bias() {
    return bias;
  }

  /** W as it is, [out, in]. */
  NDArray weight(NDManager scope) {
    return weights.plain(scope);
  }
}
