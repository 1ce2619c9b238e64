package org.intervene.engine.decoder;

import java.util.Arrays;

/**
 * Which rows of a matrix get queries, keys and values from a layer. Those of the others are known
 * from an earlier pass.
 *
 * @param rows ascending; null means all
 * @param places [row] place of each row among them, negative if it is not; null if all are
 * @param borrowing by segment, whether some of its rows are not among them
 */
record Computed(int[] rows, int[] places, boolean[] borrowing) {
  static Computed all(Rows rows) {
    return new Computed(null, null, new boolean[rows.segments().size()]);
  }

  /**
   * Some of them.
   *
   * @param own ascending; null means all
   */
  static Computed of(Rows rows, int[] own) {
    if (own == null || own.length == rows.count()) {
      return all(rows);
    }
    int[] places = new int[rows.count()];
    Arrays.fill(places, -1);
    for (int i = 0; i < own.length; i++) {
      places[own[i]] = i;
    }
    boolean[] borrowing = new boolean[rows.segments().size()];
    for (int r = 0; r < places.length; r++) {
      borrowing[rows.owners()[r]] |= places[r] < 0;
    }
    return new Computed(own, places, borrowing);
  }

  boolean isAll() {
    return rows == null;
  }

  /** The place of a row among them; negative if it is not one. */
  int place(int row) {
    return rows == null ? row : places[row];
  }

  /** Which tokens they are. */
  Rows of(Rows all) {
    return rows == null ? all : all.keep(rows);
  }
}
