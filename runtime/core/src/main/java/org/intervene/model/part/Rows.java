package org.intervene.model.part;

import java.util.Arrays;

/** Which rows of a matrix, in which order. */
public sealed interface Rows {
  /** How many. */
  int count();

  /** Consecutive rows. */
  record Range(int first, int count) implements Rows {}

  /** Any rows. */
  record Order(int[] rows) implements Rows {
    @Override
    public int count() {
      return rows.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Order o && Arrays.equals(rows, o.rows);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
      return "Order" + Arrays.toString(rows);
    }
  }
}
