package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.engine.weights.LinearWeights;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.Linear;

/** y = W x + b, with W [out, in] and b [out] or none. */
record Projection(NDArray weight, NDArray[] bias) {

  /**
   * The outputs of one or more linear maps of the same input, side by side: one product instead of
   * several.
   */
  static Projection of(WeightLoader weights, Linear... parts) {
    LinearWeights loaded = weights.linear(parts);
    return new Projection(loaded.weight(), Normalisation.maybe(loaded.bias()));
  }

  NDArray apply(NDManager scope, NDArray x) {
    return Operations.SCRIPT.call(scope, "linear", x, weight, bias);
  }
}
