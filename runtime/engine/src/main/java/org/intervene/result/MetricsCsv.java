package org.intervene.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables;

/**
 * Metrics as a tidy table: {@code run}, one column for each sweep axis, {@code example}, {@code
 * metric}, {@code value}. A column that a metric lacks is empty; cells that do not exist have no
 * line. NaN and infinities are {@code NaN}, {@code Infinity}, {@code -Infinity}.
 */
public final class MetricsCsv {
  private final StringBuilder text = new StringBuilder();
  private final List<String> axes;

  private MetricsCsv(List<String> axes) {
    this.axes = axes;
  }

  /** The whole table as text. */
  public static String of(List<MetricTables.Table> tables) {
    Set<String> axes = new LinkedHashSet<>();
    tables.forEach(table -> table.values().axes().forEach(axis -> axes.add(axis.name())));
    axes.remove(ArrayAxis.EXAMPLE);
    List<String> columns = new ArrayList<>(axes);
    columns.add(ArrayAxis.EXAMPLE);
    MetricsCsv csv = new MetricsCsv(columns);
    csv.header();
    tables.forEach(csv::table);
    return csv.text.toString();
  }

  private void header() {
    text.append("run,");
    axes.forEach(axis -> text.append(quoted(axis)).append(','));
    text.append("metric,value\n");
  }

  private void table(MetricTables.Table table) {
    LabelledArray values = table.values();
    int[] columns = new int[axes.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = values.axes().stream().map(ArrayAxis::name).toList().indexOf(axes.get(c));
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.isPresent(i)) {
        line(table, columns, i);
      }
    }
  }

  private void line(MetricTables.Table table, int[] columns, int place) {
    int[] indices = table.values().indices(place);
    text.append(quoted(table.run())).append(',');
    for (int column : columns) {
      if (column >= 0) {
        text.append(quoted(table.values().axes().get(column).labels().get(indices[column])));
      }
      text.append(',');
    }
    text.append(quoted(table.metric())).append(',');
    text.append(Numerals.of(table.values().at(place))).append('\n');
  }

  /** A field as RFC 4180 writes it. */
  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
