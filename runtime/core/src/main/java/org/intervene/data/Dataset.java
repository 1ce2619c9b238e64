package org.intervene.data;

import java.util.List;

/** Named rows, all with the same columns. */
public record Dataset(String name, List<String> columns, List<Example> examples) {
  public Dataset {
    columns = List.copyOf(columns);
    examples = List.copyOf(examples);
  }
}
