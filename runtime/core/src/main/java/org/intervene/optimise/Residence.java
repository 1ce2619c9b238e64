package org.intervene.optimise;

import java.util.List;
import org.intervene.model.ModelFacts;
import org.intervene.plan.Plan;
import org.intervene.plan.Read;

/**
 * Estimate of the memory that a plan needs beside the weights.
 *
 * @param kept most bytes of values that packs leave behind, at any time
 * @param largest bytes of the largest pack
 */
public record Residence(long kept, long largest) {
  /** Rows whose whole distributions are computed at a time. */
  private static final long ROWS_AT_ONCE = 64;

  /** Logits of a row, and as much again for what is computed from them. */
  private static final long COPIES = 2;

  /** Most bytes in use at once. */
  public long peak() {
    return kept + largest;
  }

  /**
   * Estimates a plan.
   *
   * @param elementBytes bytes of one element in the run's dtype
   */
  public static Residence of(Plan plan, PhysicalPlan physical, int elementBytes) {
    Works works = physical.works();
    ModelFacts facts = works.facts();
    Footprint footprint = new Footprint(facts, elementBytes);
    long[] held = Liveness.of(plan, physical).held(v -> bytes(works, v, elementBytes));
    long kept = 0;
    long largest = 0;
    for (int p = 0; p < physical.packs().size(); p++) {
      Pack pack = physical.packs().get(p);
      List<Work> members = pack.works().stream().map(works::get).toList();
      long left =
          members.stream().mapToLong(w -> footprint.of(w, physical.keeps().get(w.id()))).sum();
      kept = Math.max(kept, (p == 0 ? 0 : held[p - 1]) + left);
      largest = Math.max(largest, bytes(pack, members, facts, elementBytes));
    }
    return new Residence(kept, largest);
  }

  private static long bytes(Works works, Liveness.Value value, int elementBytes) {
    Work work = works.get(value.work());
    return Footprint.rows(work)
        * Footprint.perRow(works.facts(), value.site(), work.tokens().length)
        * elementBytes;
  }

  /** A pack, with the logits that it computes whole. */
  static long bytes(Pack pack, List<Work> members, ModelFacts facts, int elementBytes) {
    boolean every = members.stream().anyMatch(w -> w.route().isWhole());
    boolean some = members.stream().anyMatch(Residence::hasDistributions);
    long rows = every ? pack.rows() : some ? Math.min(pack.rows(), ROWS_AT_ONCE) : 0;
    return pack.bytes() + COPIES * rows * facts.vocabulary() * elementBytes;
  }

  private static boolean hasDistributions(Work work) {
    return !work.compared().isEmpty()
        || work.reads().stream()
            .anyMatch(
                r ->
                    r instanceof Read.LogProb
                        || r instanceof Read.Rank
                        || r instanceof Read.Top1
                        || r instanceof Read.Entropy
                        || r instanceof Read.Kl
                        || r instanceof Read.Js);
  }
}
