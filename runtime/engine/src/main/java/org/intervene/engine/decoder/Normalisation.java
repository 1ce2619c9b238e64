package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.model.part.Norm;

/** A norm with its weights. */
record Normalisation(Norm norm, NDArray[] weight, NDArray[] bias) {

  static Optional<Normalisation> of(Optional<Norm> norm, Weights weights) {
    return norm.map(
        n -> new Normalisation(n, weights.maybe(n.weight()), weights.maybe(n.bias())));
  }

  NDArray apply(NDManager scope, NDArray x) {
    return switch (norm.kind()) {
      case LAYER ->
          Operations.SCRIPT.call(scope, "layer_norm", x, weight, bias, norm.epsilon());
      case RMS -> Operations.SCRIPT.call(scope, "rms_norm", x, weight, norm.epsilon(), false);
      case RMS_PLUS_ONE ->
          Operations.SCRIPT.call(scope, "rms_norm", x, weight, norm.epsilon(), true);
    };
  }
}
