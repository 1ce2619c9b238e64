package org.intervene.metric;

import java.util.Optional;
import java.util.Set;

/** Columns of datasets that hold numbers. */
public interface NumericColumns {
  /** [example] a column's numbers; empty if there is no such column or it holds something else. */
  Optional<double[]> column(String data, String name);

  /** Names of the numeric columns of a dataset, for suggestions. */
  Set<String> names(String data);

  /** No columns. */
  static NumericColumns none() {
    return new NumericColumns() {
      @Override
      public Optional<double[]> column(String data, String name) {
        return Optional.empty();
      }

      @Override
      public Set<String> names(String data) {
        return Set.of();
      }
    };
  }
}
