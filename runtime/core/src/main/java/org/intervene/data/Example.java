package org.intervene.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic.Place;

/**
 * One row of a dataset.
 *
 * @param index counted from 0
 * @param place where it was written
 * @param columns its cells by column, in written order
 */
public record Example(int index, Place place, Map<String, Datum> columns) {
  public Example {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
