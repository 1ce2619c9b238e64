package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;

/**
 * A loaded linear map.
 *
 * @param weight [out, in]
 * @param bias [out]; null if there is none
 */
public record LinearWeights(NDArray weight, NDArray bias) {}
