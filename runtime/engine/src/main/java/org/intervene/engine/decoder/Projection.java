package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.engine.weights.LinearWeights;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.Linear;

/**
 * y = W x + b, with W [out, in] and b [out] or none.
 *
 * <p>On a CPU, float32 weights are packed once into the layout that oneDNN multiplies with, and the
 * plain ones are let go: products take a third of the time for a few rows and two thirds for
 * hundreds (docs/performance.md).
 */
final class Projection {
  private final NDArray weight;
  private final boolean packed;
  private final NDArray[] bias;

  private Projection(NDArray weight, boolean packed, NDArray[] bias) {
    this.weight = weight;
    this.packed = packed;
    this.bias = bias;
  }

  /**
   * The outputs of one or more linear maps of the same input, side by side: one product instead of
   * several.
   */
  static Projection of(WeightLoader weights, Linear... parts) {
    LinearWeights loaded = weights.linear(parts);
    NDArray[] bias = Normalisation.maybe(loaded.bias());
    if (!weights.packs()) {
      return new Projection(loaded.weight(), false, bias);
    }
    try (NDArray plain = loaded.weight()) {
      return new Projection(packed(plain), true, bias);
    }
  }

  /** A matrix [out, in] in the layout of packed products, beside the plain one. */
  static NDArray packed(NDArray plain) {
    return Operations.SCRIPT.call(plain.getManager(), "packed", plain);
  }

  NDArray apply(NDManager scope, NDArray x) {
    return Operations.SCRIPT.call(scope, packed ? "packed_linear" : "linear", x, weight, bias);
  }

  /** An activation of the outputs, in one step with them where oneDNN has it. */
  NDArray activated(NDManager scope, NDArray x, int activation) {
    if (packed) {
      return Operations.SCRIPT.call(scope, "packed_activated", x, weight, bias, activation);
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
    return Operations.SCRIPT.call(scope, "plain", weight, packed);
  }
}
