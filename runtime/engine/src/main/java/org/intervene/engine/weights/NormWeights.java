package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;
import org.intervene.model.part.Norm;

/**
 * A loaded norm.
 *
 * @param norm its kind and epsilon
 * @param weight [width], or [head, width] where heads have their own; null means one
 * @param bias like {@code weight}; null means zero
 */
public record NormWeights(Norm norm, NDArray weight, NDArray bias) {}
