package org.intervene.optimise;

import java.util.List;
import java.util.Map;

/**
 * What an executor does, in order.
 *
 * @param packs each after the packs that it reads
 * @param keeps what works that are continued leave behind, by id
 * @param exactness the least exact that a rule was allowed to be: with {@link Exactness#BITWISE}
 *     the executor, too, computes every logit of a whole input
 * @param applied the rules in order, with what each did
 */
public record PhysicalPlan(
    Works works,
    List<Pack> packs,
    Map<Integer, Keeps> keeps,
    Exactness exactness,
    List<Applied> applied) {
  public PhysicalPlan {
    packs = List.copyOf(packs);
    keeps = Map.copyOf(keeps);
    applied = List.copyOf(applied);
  }
}
