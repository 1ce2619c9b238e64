package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.model.part.Linear;

/** y = W x + b, with W [out, in] and b [out] or none. */
record Projection(NDArray weight, NDArray[] bias) {

  static Projection of(Linear linear, Weights weights) {
    return new Projection(weights.get(linear.weight()), weights.maybe(linear.bias()));
  }

  NDArray apply(NDManager scope, NDArray x) {
    return Operations.SCRIPT.call(scope, "linear", x, weight, bias);
  }
}
