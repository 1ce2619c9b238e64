package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.intervene.engine.script.Tensors;
import org.intervene.model.part.Linear;

/** Several projections of the same input as one product: at few rows one tall product is faster than three. */
final class Fused {
  private Fused() {}

  /** The outputs of the parts, side by side in their order. */
  static Projection of(Weights weights, NDManager owner, Linear... parts) {
    NDArray[] matrices =
        Arrays.stream(parts).map(p -> weights.get(p.weight())).toArray(NDArray[]::new);
    NDArray weight = Operations.SCRIPT.call(owner, "cat", (Object) matrices);
    boolean biased = Arrays.stream(parts).anyMatch(p -> p.bias().isPresent());
    if (!biased) {
      return new Projection(weight, new NDArray[0]);
    }
    try (NDManager scope = owner.newSubManager()) {
      NDArray[] biases =
          Arrays.stream(parts)
              .map(
                  p ->
                      p.bias()
                          .map(weights::get)
                          .orElseGet(() -> Tensors.zeros(scope, Tensors.dtype(weight), p.out())))
              .toArray(NDArray[]::new);
      NDArray bias = Operations.SCRIPT.call(owner, "cat", (Object) biases);
      return new Projection(weight, new NDArray[] {bias});
    }
  }
}
