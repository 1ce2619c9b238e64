package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import org.intervene.model.Site;

/**
 * Sees and replaces the values of sites during a pass. A value that is replaced has to keep its
 * shape and dtype; a value that is to outlive the pass has to be copied or attached to another
 * manager.
 */
public interface Hooks {
  /** Nothing is looked at. */
  Hooks NONE =
      new Hooks() {
        @Override
        public boolean wants(Site site, int layer) {
          return false;
        }

        @Override
        public NDArray rows(Site site, int layer, NDArray value, Rows rows) {
          return value;
        }

        @Override
        public NDArray edges(Site site, int layer, NDArray value, Group group, Rows rows) {
          return value;
        }
      };

  /** Whether a site is looked at in a layer; where it is not, fused operations may skip it. */
  boolean wants(Site site, int layer);

  /**
   * A site that has one value a row.
   *
   * @param value [row, d_model], [row, head, d_head], [row, head, d_model] ({@code head_out}),
   *     [row, d_mlp], [row, expert], [row, expert, d_model] ({@code expert_out}) or [row, vocab]
   * @return what the pass goes on with
   */
  NDArray rows(Site site, int layer, NDArray value, Rows rows);

  /**
   * {@code scores} or {@code pattern} of a group of segments.
   *
   * @param value [segment, head, row, source]
   * @return what the pass goes on with
   */
  NDArray edges(Site site, int layer, NDArray value, Group group, Rows rows);
}
