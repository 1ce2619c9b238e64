package org.intervene.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reduced table of a result: every metric at every sweep point, or over its whole run.
 *
 * @param axes that any of the points has
 */
record Points(List<String> axes, List<Point> points) {
  Points {
    axes = List.copyOf(axes);
    points = List.copyOf(points);
  }

  /** One row for each sweep point. */
  static Points bySweep(List<StoredMetric> metrics) {
    Set<String> axes = new LinkedHashSet<>();
    List<Point> points = new ArrayList<>();
    for (StoredMetric m : metrics) {
      m.axes().forEach(axis -> axes.add(axis.name()));
      for (int i = 0; i < m.mean().length; i++) {
        if (m.present()[i]) {
          points.add(new Point(m, places(m, i), m.mean()[i], m.low()[i], m.high()[i]));
        }
      }
    }
    return new Points(List.copyOf(axes), points);
  }

  private static Map<String, Integer> places(StoredMetric metric, int place) {
    Map<String, Integer> places = new LinkedHashMap<>();
    int[] indices = metric.indices(place);
    for (int a = 0; a < indices.length; a++) {
      places.put(metric.axes().get(a).name(), indices[a]);
    }
    return places;
  }

  /** One row for each metric of each run. */
  static Points byRun(List<StoredMetric> metrics) {
    return new Points(
        List.of(),
        metrics.stream()
            .map(m -> new Point(m, Map.of(), m.overall()[0], m.overall()[1], m.overall()[2]))
            .toList());
  }

  /** Columns {@code run}, the axes, {@code metric}, {@code mean}, {@code low}, {@code high}. */
  Table table() {
    List<String> names = new ArrayList<>();
    names.add("run");
    names.addAll(axes);
    names.addAll(List.of("metric", "mean", "low", "high"));
    List<Object[]> rows = new ArrayList<>();
    for (Point point : points) {
      List<Object> row = new ArrayList<>();
      row.add(point.metric().run());
      axes.forEach(axis -> row.add(point.entry(axis)));
      row.add(point.metric().name());
      row.add(point.mean());
      row.add(Double.isNaN(point.low()) ? null : (Object) point.low());
      row.add(Double.isNaN(point.high()) ? null : (Object) point.high());
      rows.add(row.toArray());
    }
    return Table.of(names, rows);
  }
}
