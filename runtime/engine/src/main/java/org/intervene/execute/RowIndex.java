package org.intervene.execute;

import java.util.Arrays;
import org.intervene.engine.decoder.Rows;

/** Finds the rows of a segment's positions. */
final class RowIndex {
  private final Rows rows;
  private final int[] starts;
  private final int[] ends;

  RowIndex(Rows rows) {
    this.rows = rows;
    this.starts = new int[rows.segments().size()];
    this.ends = new int[starts.length];
    for (int r = 0; r < rows.count(); r++) {
      int owner = rows.owners()[r];
      if (r == 0 || rows.owners()[r - 1] != owner) {
        starts[owner] = r;
      }
      ends[owner] = r + 1;
    }
  }

  boolean isOf(Rows other) {
    return rows == other;
  }

  Rows rows() {
    return rows;
  }

  int start(int segment) {
    return starts[segment];
  }

  int end(int segment) {
    return ends[segment];
  }

  int segments() {
    return starts.length;
  }

  /** The positions that a segment has rows for, ascending. */
  int[] positions(int segment) {
    return Arrays.copyOfRange(rows.positions(), starts[segment], ends[segment]);
  }

  /** The row of a segment's position; negative if it has none. */
  int row(int segment, int position) {
    return Arrays.binarySearch(rows.positions(), starts[segment], ends[segment], position);
  }
}
