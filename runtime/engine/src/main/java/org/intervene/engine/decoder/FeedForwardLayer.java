package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.part.FeedForward;

/** What follows attention in one layer. */
interface FeedForwardLayer {
  /**
   * What it gives, before any norm or factor behind it.
   *
   * @param x what it reads, [row, d_model]
   * @return [row, d_model]
   */
  NDArray apply(NDManager scope, NDArray x, Rows rows, Hooks hooks);

  static FeedForwardLayer of(int layer, FeedForward part, WeightLoader weights) {
    return part instanceof FeedForward.Experts mixture
        ? new ExpertsLayer(layer, mixture, weights)
        : new MlpLayer(layer, (FeedForward.Mlp) part, weights);
  }
}
