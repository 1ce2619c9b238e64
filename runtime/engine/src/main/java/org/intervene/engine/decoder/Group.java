package org.intervene.engine.decoder;

/**
 * Segments of equal shape, whose attention is one batched product.
 *
 * @param first position of the first row of each
 * @param rows rows of each
 * @param segments indices into {@link Rows#segments()}
 * @param index rows of all its segments, one segment after the other
 */
public record Group(int first, int rows, int[] segments, int[] index) {
  /** Positions that the last row may see: those before the first row and its own. */
  int sources() {
    return first + rows;
  }
}
