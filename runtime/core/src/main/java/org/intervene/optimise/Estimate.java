package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Liveness.Value;
import org.intervene.plan.Plan;

/** What a plan holds in memory, pack by pack, with any choice of what goes to a file. */
final class Estimate {
  private final Liveness liveness;
  private final Leavings leavings;
  private final PackNeeds needs;
  private final long heap;
  private final long collected;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   */
  Estimate(Plan plan, PhysicalPlan physical, int elementBytes, boolean collecting) {
    this.liveness = Liveness.of(plan, physical);
    this.leavings = new Leavings(physical, liveness, elementBytes);
    this.needs = new PackNeeds(physical, liveness, leavings, elementBytes);
    this.collected = collecting ? needs.collected() : 0;
    this.heap = HeapEstimate.of(plan, physical, liveness);
  }

  int packs() {
    return needs.packs();
  }

  Leavings leavings() {
    return leavings;
  }

  /** Bytes that are in use from the first pack to the last. */
  long always() {
    return Residence.grown(heap, collected) + collected;
  }

  /** Bytes that a pack leaves behind. */
  long left(int pack) {
    return needs.left(pack);
  }

  /** The whole plan, with some tensors in the file. */
  Residence with(Set<Left> spilled) {
    long[] held = leavings.held(spilled);
    long[] away = leavings.byPack(spilled);
    long kept = 0;
    long loaded = 0;
    for (int p = 0; p < packs(); p++) {
      kept = Math.max(kept, (p == 0 ? 0 : held[p - 1]) + left(p) - away[p]);
      loaded += loaded(p, spilled);
    }
    return new Residence(
        kept, heap, collected, largest(spilled), Arrays.stream(away).sum(), loaded);
  }

  /** Bytes of the largest pack beside what is kept, with some tensors in the file. */
  long largest(Set<Left> spilled) {
    long[] writing = new long[packs()];
    for (Left tensor : spilled) {
      long bytes = leavings.all().get(tensor).bytes();
      long copied = bytes + Math.min(bytes, Residence.PIECE);
      writing[tensor.pack()] = Math.max(writing[tensor.pack()], copied);
    }
    long largest = 0;
    for (int p = 0; p < packs(); p++) {
      long reading = 0;
      for (Set<Value> values : liveness.reads(p).values()) {
        reading = Math.max(reading, reading(values, spilled));
      }
      largest = Math.max(largest, needs.running(p) + Math.max(reading, writing[p]));
    }
    return largest;
  }

  /** Bytes that a block needs to read values: tensors of one site are joined before. */
  private long reading(Set<Value> values, Set<Left> spilled) {
    Map<Site, Set<Left>> tensors = new HashMap<>();
    long bytes = 0;
    for (Value value : values) {
      Left left = liveness.left(value);
      if (spilled.contains(left)) {
        bytes += 2 * leavings.bytes(value);
      } else {
        tensors.computeIfAbsent(value.site(), s -> new HashSet<>()).add(left);
      }
    }
    for (Set<Left> joined : tensors.values()) {
      if (joined.size() > 1) {
        bytes += joined.stream().mapToLong(t -> leavings.all().get(t).bytes()).sum();
      }
    }
    return bytes;
  }

  private long loaded(int pack, Set<Left> spilled) {
    if (spilled.isEmpty()) {
      return 0;
    }
    List<Set<Value>> all = new ArrayList<>(liveness.reads(pack).values());
    all.add(liveness.gathered(pack));
    return all.stream()
        .flatMap(Set::stream)
        .filter(v -> spilled.contains(liveness.left(v)))
        .mapToLong(leavings::bytes)
        .sum();
  }
}
