package org.intervene.optimise;

import java.util.List;
import java.util.Map;

/**
 * What an executor does, in order.
 *
 * @param packs each after the packs that it reads
 * @param keeps what works that are continued leave behind, by id
 */
public record PhysicalPlan(Works works, List<Pack> packs, Map<Integer, Keeps> keeps) {
  public PhysicalPlan {
    packs = List.copyOf(packs);
    keeps = Map.copyOf(keeps);
  }
}
