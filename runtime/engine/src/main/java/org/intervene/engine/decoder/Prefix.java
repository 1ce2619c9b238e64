package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Keys and values of positions before the first row of a segment. */
public interface Prefix {
  /** For passes in which every segment starts at position 0. */
  Prefix NONE =
      (scope, layer, group) -> {
        throw new IllegalStateException("a segment starts at position " + group.first());
      };

  /**
   * Keys and values of a group.
   *
   * @return keys as attention uses them, after rotary embedding, and values, each [segment,
   *     kv_head, first, d_head]
   */
  NDArray[] of(NDManager scope, int layer, Group group);
}
