package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.engine.weights.NormWeights;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.Norm;

/** A norm with its weights. */
record Normalisation(Norm norm, NDArray[] weight, NDArray[] bias) {

  static Optional<Normalisation> of(Optional<Norm> norm, WeightLoader weights) {
    return norm.map(
        n -> {
          NormWeights loaded = weights.norm(n);
          return new Normalisation(n, maybe(loaded.weight()), maybe(loaded.bias()));
        });
  }

  /** A tensor that may be absent, as a list of one or none: how TorchScript is told. */
  static NDArray[] maybe(NDArray x) {
    return x == null ? new NDArray[0] : new NDArray[] {x};
  }

  /**
   * The norm of a sum as a sum: what each part becomes when it is centred, divided and weighted as
   * the sum is, and what the rest becomes, with the norm's own bias.
   *
   * @param parts [row, part, width]
   * @param rest a bias [width], or none
   * @return [row, part, width] and [row, width]
   */
  NDArray[] shares(NDManager scope, NDArray parts, NDArray[] rest) {
    return Operations.SCRIPT.callAll(
        scope,
        "shares",
        parts,
        rest,
        weight,
        bias,
        norm.epsilon(),
        norm.kind() == Norm.Kind.LAYER,
        norm.kind() == Norm.Kind.RMS_PLUS_ONE);
  }

  NDArray apply(NDManager scope, NDArray x) {
    return switch (norm.kind()) {
      case LAYER -> Operations.SCRIPT.call(scope, "layer_norm", x, weight, bias, norm.epsilon());
      case RMS -> Operations.SCRIPT.call(scope, "rms_norm", x, weight, norm.epsilon(), false);
      case RMS_PLUS_ONE ->
          Operations.SCRIPT.call(scope, "rms_norm", x, weight, norm.epsilon(), true);
    };
  }
}
