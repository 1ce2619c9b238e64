package org.intervene.optimise;

import java.util.List;

/** What each pack of a plan takes while it runs, what it leaves behind, and what is collected. */
final class PackNeeds {
  /** A value on its way into Java's memory: the tensor in 64 bits, its elements, the whole site. */
  static final long WIDENED = 3L * Double.BYTES;

  private final long[] left;
  private final long[] running;
  private final long collected;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   */
  PackNeeds(PhysicalPlan physical, Liveness liveness, Leavings leavings, int elementBytes) {
    Works works = physical.works();
    Footprint footprint = new Footprint(works.facts(), elementBytes);
    int packs = physical.packs().size();
    this.left = new long[packs];
    this.running = new long[packs];
    long saved = 0;
    for (int p = 0; p < packs; p++) {
      Pack pack = physical.packs().get(p);
      List<Work> members = pack.works().stream().map(works::get).toList();
      for (Work work : members) {
        left[p] += footprint.of(work, physical.keeps().get(work.id()));
      }
      long logits = Logits.computing(pack, members, works.facts(), elementBytes);
      long gathered = liveness.gathered(p).stream().mapToLong(leavings::bytes).max().orElse(0);
      long most = 0;
      for (Liveness.Saving saving : liveness.after(p).savings()) {
        long own = Collecting.elements(works.facts(), saving.cell(), saving.collected());
        saved += own;
        most = Math.max(most, own);
      }
      long after = gathered / elementBytes * WIDENED + Collecting.saving(most, elementBytes);
      running[p] = Math.max(pack.bytes() + logits, after);
    }
    this.collected = saved * elementBytes;
  }

  int packs() {
    return left.length;
  }

  /** Bytes that a pack leaves behind. */
  long left(int pack) {
    return left[pack];
  }

  /** Bytes while a pack runs, or while means, vectors and collected tensors are made after it. */
  long running(int pack) {
    return running[pack];
  }

  /** Bytes of everything that is collected. */
  long collected() {
    return collected;
  }
}
