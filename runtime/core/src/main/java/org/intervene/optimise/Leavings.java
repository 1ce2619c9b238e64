package org.intervene.optimise;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intervene.optimise.Liveness.Value;

/** The tensors that packs leave behind, and how long each is needed. */
final class Leavings {
  private final Map<Left, Lasting> all = new TreeMap<>();
  private final Map<Value, Long> bytes = new HashMap<>();
  private final int packs;

  /**
   * How large a tensor is and how long it is needed.
   *
   * @param last the last pack that reads any of it: so long it is held as a whole
   */
  record Lasting(long bytes, int last) {
    private Lasting and(Lasting other) {
      return new Lasting(bytes + other.bytes, Math.max(last, other.last));
    }
  }

  /**
   * What a plan's packs leave behind.
   *
   * @param elementBytes bytes of one element in the run's dtype
   */
  Leavings(PhysicalPlan physical, Liveness liveness, int elementBytes) {
    this.packs = physical.packs().size();
    Works works = physical.works();
    liveness
        .lasts()
        .forEach(
            (value, last) -> {
              Work work = works.get(value.work());
              long row =
                  Footprint.perRow(works.facts(), value.site(), work.tokens().length)
                      * elementBytes;
              bytes.put(value, Footprint.rows(work) * row);
              Lasting own = new Lasting(bytes.get(value), last);
              all.merge(liveness.left(value), own, Lasting::and);
            });
  }

  /** Every tensor, those of the first packs first. */
  Map<Left, Lasting> all() {
    return all;
  }

  /** Bytes of one work's rows. */
  long bytes(Value value) {
    return bytes.get(value);
  }

  /**
   * Bytes in memory that later packs still need, after each pack.
   *
   * @param elsewhere tensors that are not kept in memory
   */
  long[] held(Set<Left> elsewhere) {
    long[] held = new long[packs + 1];
    all.forEach(
        (left, lasting) -> {
          if (!elsewhere.contains(left)) {
            held[left.pack()] += lasting.bytes;
            held[lasting.last] -= lasting.bytes;
          }
        });
    for (int p = 1; p < packs; p++) {
      held[p] += held[p - 1];
    }
    return held;
  }

  /** Bytes of some tensors, by the pack that leaves them behind. */
  long[] byPack(Set<Left> some) {
    long[] own = new long[packs];
    some.forEach(left -> own[left.pack()] += all.get(left).bytes);
    return own;
  }
}
