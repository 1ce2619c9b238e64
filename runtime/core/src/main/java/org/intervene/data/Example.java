package org.intervene.data;

import java.util.Map;
import org.intervene.diagnostic.Span;

/** One row. */
public record Example(int index, Span span, Map<String, Datum> columns) {
  public Example {
    columns = Map.copyOf(columns);
  }
}
