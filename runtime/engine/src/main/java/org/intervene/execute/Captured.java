package org.intervene.execute;

import ai.djl.ndarray.NDArray;

/**
 * A site's value in one work, as rows of a tensor that a pack left behind.
 *
 * @param tensor [row, ...] of all the works that the pack kept it for
 * @param row first row of this work
 * @param first position of that row
 * @param rows how many rows it has
 */
record Captured(NDArray tensor, int row, int first, int rows) {

  /** The row of a position. */
  int at(int position) {
    return row + position - first;
  }
}
