package org.intervene.model.family;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.intervene.model.part.FeedForward;
import org.intervene.model.part.Linear;

/** Builds mixtures of experts. */
final class Experts {
  private Experts() {}

  /** A mixture with as many experts as the router has outputs. */
  static FeedForward of(
      Config config,
      Linear router,
      int chosen,
      boolean renormalised,
      IntFunction<FeedForward.Mlp> expert) {
    if (chosen > router.out()) {
      config.contradiction(
          "each token goes through " + chosen + " experts, but there are " + router.out(),
          "`num_experts_per_tok` is at most the number of experts");
    }
    return new FeedForward.Experts(
        router, chosen, renormalised, IntStream.range(0, router.out()).mapToObj(expert).toList());
  }
}
