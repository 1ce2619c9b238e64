package org.intervene.data;

import java.util.List;

/**
 * Rows that all have the same columns, each column of one kind.
 *
 * @param columns their names, in the order of the first row
 * @param examples at least one
 */
public record Dataset(String name, List<String> columns, List<Example> examples) {
  public Dataset {
    columns = List.copyOf(columns);
    examples = List.copyOf(examples);
  }
}
