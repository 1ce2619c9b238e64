package org.intervene.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.metric.Shown;

/**
 * A table as people read it.
 *
 * @param numeric for each column, whether it holds numbers
 */
record TextGrid(List<String> heads, List<Boolean> numeric, List<List<String>> rows) {
  TextGrid {
    heads = List.copyOf(heads);
    numeric = List.copyOf(numeric);
    rows = List.copyOf(rows);
  }

  /** Means with their intervals, a row for each point. */
  static TextGrid of(Points points, String level, Rounding rounding) {
    List<String> heads = new ArrayList<>();
    heads.add("run");
    heads.addAll(points.axes());
    heads.addAll(List.of("metric", "mean", level + " interval"));
    List<List<String>> rows = new ArrayList<>();
    for (Point point : points.points()) {
      List<String> row = new ArrayList<>();
      row.add(point.metric().run());
      points.axes().forEach(axis -> row.add(point.shown(axis)));
      row.add(point.metric().name());
      row.add(rounding.text(point, point.mean()));
      row.add(interval(point, rounding));
      rows.add(row);
    }
    return new TextGrid(heads, lastAreNumbers(heads.size(), 2), rows);
  }

  /** The same with one axis across: a column for each of its entries. */
  static TextGrid across(Points points, String axis, Rounding rounding) {
    List<String> down = new ArrayList<>(points.axes());
    down.remove(axis);
    Set<String> entries = new LinkedHashSet<>();
    points.points().forEach(point -> entries.add(point.shown(axis)));
    entries.remove("");
    List<String> columns = List.copyOf(entries);
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    for (Point point : points.points()) {
      int column = columns.indexOf(point.shown(axis));
      if (column >= 0) {
        List<String> row = new ArrayList<>();
        row.add(point.metric().run());
        down.forEach(other -> row.add(point.shown(other)));
        row.add(point.metric().name());
        String interval = interval(point, rounding);
        rows.computeIfAbsent(row, r -> new ArrayList<>(Collections.nCopies(columns.size(), "")))
            .set(column, (rounding.text(point, point.mean()) + " " + interval).strip());
      }
    }
    List<String> heads = new ArrayList<>();
    heads.add("run");
    heads.addAll(down);
    heads.add("metric");
    columns.forEach(entry -> heads.add(axis + " " + entry));
    List<List<String>> all = new ArrayList<>();
    rows.forEach(
        (row, cells) -> {
          List<String> line = new ArrayList<>(row);
          line.addAll(cells);
          all.add(line);
        });
    return new TextGrid(heads, lastAreNumbers(heads.size(), columns.size()), all);
  }

  /** Any table, its numbers with four significant digits. */
  static TextGrid of(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      List<String> row = new ArrayList<>();
      for (Column column : table.columns()) {
        Object cell = column.cells().get(r);
        row.add(
            cell instanceof Double number
                ? Shown.number(number)
                : cell == null ? "" : cell.toString());
      }
      rows.add(row);
    }
    return new TextGrid(
        table.columns().stream().map(Column::name).toList(),
        table.columns().stream().map(column -> column.kind() != Column.Kind.TEXT).toList(),
        rows);
  }

  private static String interval(Point point, Rounding rounding) {
    return Double.isNaN(point.low())
        ? ""
        : "[%s, %s]"
            .formatted(rounding.text(point, point.low()), rounding.text(point, point.high()));
  }

  private static List<Boolean> lastAreNumbers(int columns, int numbers) {
    List<Boolean> numeric = new ArrayList<>(Collections.nCopies(columns - numbers, false));
    numeric.addAll(Collections.nCopies(numbers, true));
    return numeric;
  }
}
