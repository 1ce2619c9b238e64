package org.intervene.compile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.data.Dataset;
import org.intervene.data.Datum;
import org.intervene.metric.NumericColumns;

/** The columns of datasets that hold a number in every row. */
final class DataColumns implements NumericColumns {
  private final Map<String, Dataset> data;

  DataColumns(Map<String, Dataset> data) {
    this.data = data;
  }

  @Override
  public Optional<double[]> column(String dataset, String name) {
    Dataset rows = data.get(dataset);
    if (rows == null || !numeric(rows, name)) {
      return Optional.empty();
    }
    return Optional.of(
        rows.examples().stream()
            .mapToDouble(e -> ((Datum.Number) e.columns().get(name)).value())
            .toArray());
  }

  private static boolean numeric(Dataset rows, String name) {
    return rows.examples().stream().allMatch(e -> e.columns().get(name) instanceof Datum.Number);
  }

  @Override
  public Set<String> names(String dataset) {
    Dataset rows = data.get(dataset);
    return rows == null
        ? Set.of()
        : rows.columns().stream().filter(c -> numeric(rows, c)).collect(Collectors.toSet());
  }
}
