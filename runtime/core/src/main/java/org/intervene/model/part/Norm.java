package org.intervene.model.part;

import java.util.Optional;

/**
 * A normalisation over the last axis.
 *
 * @param epsilon added to the variance or mean square
 * @param weight [width]; absent means one
 * @param bias [width]; absent means zero
 */
public record Norm(
    Kind kind, double epsilon, Optional<TensorRef> weight, Optional<TensorRef> bias) {

  /** What is divided by what. */
  public enum Kind {
    /** (x - mean) / sqrt(variance + epsilon) * weight + bias. */
    LAYER,
    /** x / sqrt(mean of squares + epsilon) * weight. */
    RMS,
    /** x / sqrt(mean of squares + epsilon) * (1 + weight). */
    RMS_PLUS_ONE
  }

  /** A LayerNorm with weight and bias. */
  public static Norm layer(String name, long width, double epsilon) {
    return new Norm(
        Kind.LAYER,
        epsilon,
        Optional.of(TensorRef.of(name + ".weight", width)),
        Optional.of(TensorRef.of(name + ".bias", width)));
  }

  /** A norm with a weight and no bias. */
  public static Norm weighted(Kind kind, String name, long width, double epsilon) {
    return new Norm(
        kind, epsilon, Optional.of(TensorRef.of(name + ".weight", width)), Optional.empty());
  }
}
