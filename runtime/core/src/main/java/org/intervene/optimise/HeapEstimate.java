package org.intervene.optimise;

import org.intervene.plan.Plan;

/** What an optimised plan holds in Java's memory, whatever else it holds elsewhere. */
final class HeapEstimate {
  private HeapEstimate() {}

  /** Its bytes, but for what is collected. */
  static long of(Plan plan, PhysicalPlan physical, Liveness liveness) {
    Works works = physical.works();
    Heap heap = new Heap(plan);
    Ingredients used = Ingredients.of(plan, works);
    long compared =
        works.works().stream()
            .filter(w -> !w.compared().isEmpty())
            .mapToLong(w -> Logits.comparing(w, works.facts()))
            .sum();
    long rows = used.vectors().stream().mapToLong(heap::rows).max().orElse(0);
    return compared
        + heap.sums(used.statistics())
        + heap.vectors()
        + rows
        + Waiting.bytes(plan, physical, liveness);
  }
}
