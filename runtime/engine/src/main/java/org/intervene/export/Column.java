package org.intervene.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A column of a table.
 *
 * @param cells of the column's kind; null where there is nothing
 */
record Column(String name, Kind kind, List<Object> cells) {
  /** What a column holds. */
  enum Kind {
    TEXT(String.class),
    WHOLE(Long.class),
    NUMBER(Double.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }
  }

  Column {
    for (Object cell : cells) {
      if (cell != null && !kind.type.isInstance(cell)) {
        throw new IllegalArgumentException(name + " is not a column of " + cell.getClass());
      }
    }
  }

  /** A column of the one kind that its cells have; texts where kinds differ. */
  static Column of(String name, List<Object> cells) {
    for (Kind kind : List.of(Kind.WHOLE, Kind.NUMBER, Kind.TEXT)) {
      if (cells.stream().allMatch(cell -> cell == null || kind.type.isInstance(cell))) {
        return new Column(name, kind, cells);
      }
    }
    List<Object> texts = new ArrayList<>();
    cells.forEach(cell -> texts.add(cell == null ? null : cell.toString()));
    return new Column(name, Kind.TEXT, texts);
  }

  boolean hasGaps() {
    return cells.stream().anyMatch(Objects::isNull);
  }
}
