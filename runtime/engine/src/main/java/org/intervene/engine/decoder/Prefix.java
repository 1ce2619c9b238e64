package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.intervene.model.Site;

/** Keys and values of positions before the first row of a segment. */
public interface Prefix {
  /** For passes in which every segment starts at position 0. */
  Prefix NONE =
      (scope, site, layer, groups) -> {
        throw new IllegalStateException("a segment starts after position 0");
      };

  /**
   * Keys as attention uses them, after rotary embedding, or values.
   *
   * @param site {@link Site#K_ROT} or {@link Site#V}
   * @param groups of which at least one starts after position 0
   */
  Earlier of(NDManager scope, Site site, int layer, List<Group> groups);

  /**
   * Where keys or values of earlier positions are.
   *
   * @param pool [row, kv_head, d_head]
   * @param starts by group and segment, the row of the pool that holds position 0; the next
   *     positions follow it
   */
  record Earlier(NDArray pool, int[][] starts) {}
}
