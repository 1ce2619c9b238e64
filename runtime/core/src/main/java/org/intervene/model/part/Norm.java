package org.intervene.model.part;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A normalisation over the last axis.
 *
 * @param epsilon added to the variance or mean square
 * @param weight one tensor [width] or [head, width], or a tensor [width] for each head; empty means
 *     one
 * @param bias like {@code weight}; empty means zero
 */
public record Norm(Kind kind, double epsilon, List<TensorRef> weight, List<TensorRef> bias) {

  /** What is divided by what. */
  public enum Kind {
    /** (x - mean) / sqrt(variance + epsilon) * weight + bias. */
    LAYER,
    /** x / sqrt(mean of squares + epsilon) * weight. */
    RMS,
    /** x / sqrt(mean of squares + epsilon) * (1 + weight). */
    RMS_PLUS_ONE
  }

  public Norm {
    weight = List.copyOf(weight);
    bias = List.copyOf(bias);
  }

  /** A LayerNorm with weight and bias. */
  public static Norm layer(String name, long width, double epsilon) {
    return layer(name + ".weight", name + ".bias", width, epsilon);
  }

  /** A LayerNorm whose tensors have other names. */
  public static Norm layer(String weight, String bias, long width, double epsilon) {
    return new Norm(
        Kind.LAYER,
        epsilon,
        List.of(TensorRef.of(weight, width)),
        List.of(TensorRef.of(bias, width)));
  }

  /** A norm with a weight and no bias. */
  public static Norm weighted(Kind kind, String name, double epsilon, long... shape) {
    return new Norm(kind, epsilon, List.of(TensorRef.of(name + ".weight", shape)), List.of());
  }

  /** A norm with one weight tensor for each head, {@code name.0.weight} and so on, and no bias. */
  public static Norm byHead(Kind kind, String name, int heads, long width, double epsilon) {
    List<TensorRef> weights =
        IntStream.range(0, heads)
            .mapToObj(h -> TensorRef.of(name + "." + h + ".weight", width))
            .toList();
    return new Norm(kind, epsilon, weights, List.of());
  }

  /** A norm that has no parameters. */
  public static Norm bare(Kind kind, double epsilon) {
    return new Norm(kind, epsilon, List.of(), List.of());
  }
}
