package org.intervene.plan;

import java.util.Optional;
import org.intervene.check.Diagnostics;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;

/**
 * Where a metric reads unless it says so: where the model predicts. In a decoder that is the last
 * position, in an encoder the mask.
 */
final class Readout {
  private final ModelFacts facts;
  private final Diagnostics problems;

  Readout(ModelFacts facts, Diagnostics problems) {
    this.facts = facts;
    this.problems = problems;
  }

  /**
   * The position of the prediction in the scope's input; an error if an encoder's input has not
   * exactly one mask.
   *
   * @param use what reads there
   */
  Optional<Integer> position(Span use, Scope scope) {
    return facts.causal()
        ? Optional.of(scope.length() - 1)
        : scope.spans().apply("mask", use).flatMap(masks -> only(masks, use));
  }

  private Optional<Integer> only(int[] masks, Span use) {
    if (masks.length == 1) {
      return Optional.of(masks[0]);
    }
    problems.error(
        "position.not-single",
        use,
        "the input has " + masks.length + " masks, and a metric reads at one position",
        "name one: `@ mask.first` or `@ mask.last`");
    return Optional.empty();
  }
}
