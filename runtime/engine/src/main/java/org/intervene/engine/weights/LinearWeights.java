package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A loaded linear map.
 *
 * @param weight [out, in]
 * @param packed whether the weight is laid out for oneDNN's products ({@link Packing})
 * @param bias [out]; null if there is none
 */
public record LinearWeights(NDArray weight, boolean packed, NDArray bias) {
  /** The weight as it is in the file, [out, in]. */
  public NDArray plain(NDManager scope) {
    return Packing.plain(scope, weight, packed);
  }
}
