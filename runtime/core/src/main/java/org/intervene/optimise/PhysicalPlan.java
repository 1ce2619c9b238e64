package org.intervene.optimise;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an executor does, in order.
 *
 * @param packs each after the packs that it reads
 * @param keeps what works that are continued leave behind, by id
 * @param exactness the least exact that a rule was allowed to be: with {@link Exactness#BITWISE}
 *     the executor, too, computes every logit of a whole input
 * @param spilled tensors that wait in a file for their readers, not in memory
 */
public record PhysicalPlan(
    Works works,
    List<Pack> packs,
    Map<Integer, Keeps> keeps,
    Exactness exactness,
    Set<Left> spilled) {
  public PhysicalPlan {
    packs = List.copyOf(packs);
    keeps = Map.copyOf(keeps);
    spilled = Set.copyOf(spilled);
  }

  /** The same plan with other tensors in the file. */
  PhysicalPlan spilling(Set<Left> tensors) {
    return new PhysicalPlan(works, packs, keeps, exactness, tensors);
  }
}
