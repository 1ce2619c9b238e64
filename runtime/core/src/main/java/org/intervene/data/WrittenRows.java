package org.intervene.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Value;
import org.intervene.diagnostic.Diagnostic.Place;

/** Rows that stand in the spec itself. */
final class WrittenRows {
  private static final String TOKENS = "tokens";

  private WrittenRows() {}

  static List<Example> of(List<DataSource.Row> rows, Complaints complaints) {
    List<Example> examples = new ArrayList<>();
    for (DataSource.Row row : rows) {
      SameColumns.Cells cells = new SameColumns.Cells(complaints);
      row.columns().forEach(c -> cells.put(c.name().text(), datum(c.value())));
      examples.add(new Example(examples.size(), new Place("", row.span()), cells.cells()));
    }
    return examples;
  }

  /** Raw inputs, in the column {@code tokens}. */
  static List<Example> of(DataSource.TokenLists lists) {
    Place place = new Place("", lists.span());
    List<Example> examples = new ArrayList<>();
    for (List<Integer> ids : lists.inputs()) {
      Datum input = new Datum.Tokens(array(ids), place);
      examples.add(new Example(examples.size(), place, Map.of(TOKENS, input)));
    }
    return examples;
  }

  private static Datum datum(Value value) {
    if (value instanceof Value.Text text) {
      return new Datum.Text(text.text().text(), text.text().span());
    } else if (value instanceof Value.Tokens tokens) {
      return new Datum.Tokens(array(tokens.ids()), tokens.span());
    }
    Value.Number number = (Value.Number) value;
    return new Datum.Number(number.value(), number.span());
  }

  private static int[] array(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
