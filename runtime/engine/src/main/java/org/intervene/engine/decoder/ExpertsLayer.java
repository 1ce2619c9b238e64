package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Site;
import org.intervene.model.part.FeedForward;

/**
 * A mixture of experts: every expert computes the rows that were sent to it, and no others. What is
 * left at {@code router} decides which.
 *
 * <p>How many rows each expert gets has to be known before it computes them, so this waits for the
 * device once in each layer. Not to wait would mean that every expert computes every row, or that
 * each row has a copy of its experts' weights: both cost far more than to wait.
 */
final class ExpertsLayer implements FeedForwardLayer {
  private final int layer;
  private final FeedForward.Experts part;
  private final Projection router;
  private final List<MlpLayer> experts;

  ExpertsLayer(int layer, FeedForward.Experts part, WeightLoader weights) {
    this.layer = layer;
    this.part = part;
    this.router = Projection.of(weights, part.router());
    this.experts = part.experts().stream().map(e -> new MlpLayer(layer, e, weights)).toList();
  }

  @Override
  public NDArray apply(NDManager scope, NDArray x, Rows rows, Hooks hooks) {
    boolean apart = hooks.wants(Site.EXPERT_OUT, layer);
    try (NDManager inner = scope.newSubManager()) {
      NDArray sum = Operations.SCRIPT.call(inner, "no_experts", x, apart ? experts.size() : 0);
      NDArray scores = router.apply(inner, x);
      scores =
          hooks.wants(Site.ROUTER, layer) ? hooks.rows(Site.ROUTER, layer, scores, rows) : scores;
      NDArray[] route =
          Operations.SCRIPT.callAll(inner, "route", scores, part.chosen(), part.renormalised());
      NDArray[] sent = Operations.SCRIPT.callAll(inner, "by_expert", route[1], experts.size());
      double[] ends = Tensors.toDoubles(sent[1]);
      int end = 0;
      for (int e = 0; e < experts.size(); e++) {
        int start = end;
        end = (int) ends[e];
        if (end > start) {
          NDArray own = Operations.SCRIPT.call(inner, "stretch", sent[0], start, end - start);
          NDArray input = Operations.SCRIPT.call(inner, "rows", x, own);
          NDArray out = experts.get(e).apply(inner, input, rows, Hooks.NONE);
          Operations.SCRIPT.perform("add_expert", sum, own, out, route[0], route[1], e);
        }
      }
      if (apart) {
        sum = hooks.rows(Site.EXPERT_OUT, layer, sum, rows);
        return Operations.SCRIPT.call(scope, "sum_heads", sum, new NDArray[0]);
      }
      Home.keep(scope, sum);
      return sum;
    }
  }
}
