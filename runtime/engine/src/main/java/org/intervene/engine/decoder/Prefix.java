package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.intervene.model.Site;

/** Queries, keys and values of positions that a pass does not compute, from an earlier pass. */
public interface Prefix {
  /** For passes in which every segment starts at position 0 and computes all its rows. */
  Prefix NONE =
      (scope, site, layer, wanted) -> {
        throw new IllegalStateException("a segment starts after position 0");
      };

  /**
   * Queries or keys as attention uses them, after rotary embedding, or values.
   *
   * @param site {@link Site#Q_ROT}, {@link Site#K_ROT} or {@link Site#V}
   * @param wanted by segment, whether it needs them; at least one does
   */
  Earlier of(NDManager scope, Site site, int layer, boolean[] wanted);

  /**
   * Where they are.
   *
   * @param pool [row, head, d_head], with as many heads as the site has
   * @param starts by segment that wants them, the row of the pool that holds position 0; the next
   *     positions follow it
   */
  record Earlier(NDArray pool, int[] starts) {}
}
