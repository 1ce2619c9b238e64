package org.intervene.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tidy table with named, typed columns of one length. */
record Table(List<Column> columns) {
  Table {
    columns = List.copyOf(columns);
  }

  /** A table of rows. */
  static Table of(List<String> names, List<Object[]> rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      Object[] cells = new Object[rows.size()];
      for (int r = 0; r < cells.length; r++) {
        cells[r] = rows.get(r)[c];
      }
      columns.add(Column.of(names.get(c), Arrays.asList(cells)));
    }
    return new Table(columns);
  }

  int rows() {
    return columns.get(0).cells().size();
  }
}
