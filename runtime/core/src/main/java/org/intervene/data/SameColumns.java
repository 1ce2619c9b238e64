package org.intervene.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Suggestions;

/** Makes a dataset of rows that have the same columns, each column of one kind. */
final class SameColumns {
  private final int vocabulary;
  private final Complaints complaints;

  SameColumns(int vocabulary, Complaints complaints) {
    this.vocabulary = vocabulary;
    this.complaints = complaints;
  }

  /**
   * Compares every row with the first one.
   *
   * @param whole the clause, for a dataset without rows
   */
  Dataset check(String name, List<Example> rows, Place whole) {
    if (rows.isEmpty()) {
      complaints.error(
          "data.no-rows", whole, "`" + name + "` has no rows", "give it at least one row");
      return new Dataset(name, List.of(), List.of());
    }
    Map<String, Datum> first = rows.get(0).columns();
    if (first.isEmpty()) {
      complaints.error(
          "data.no-columns", rows.get(0).place(), "this row is empty", "give it a column");
    }
    for (Example row : rows) {
      missing(first.keySet(), row);
      row.columns().forEach((column, datum) -> check(column, datum, first.get(column), row));
    }
    return new Dataset(name, List.copyOf(first.keySet()), rows);
  }

  private void missing(Set<String> wanted, Example row) {
    Set<String> present = row.columns().keySet();
    if (present.equals(wanted)) {
      return;
    }
    List<String> extra = new ArrayList<>(present);
    extra.removeAll(wanted);
    for (String column : wanted) {
      if (!present.contains(column)) {
        String near = Suggestions.nearest(column, extra).orElse("");
        extra.remove(near);
        complaints.error(
            "data.missing-column",
            row.place(),
            "row %d has no column `%s`".formatted(row.index() + 1, column),
            near.isEmpty()
                ? "all rows of a dataset have the columns of the first one: add `%s`"
                    .formatted(column)
                : "did you mean `%s` where it says `%s`?".formatted(column, near));
      }
    }
    for (String column : extra) {
      complaints.error(
          "data.missing-column",
          row.columns().get(column).place(),
          "row %d has a column `%s`, the first row has none".formatted(row.index() + 1, column),
          "all rows of a dataset have the same columns: add it everywhere or leave it out");
    }
  }

  private void check(String column, Datum datum, Datum first, Example row) {
    if (first != null && first.getClass() != datum.getClass()) {
      complaints.error(
          "data.mixed-column",
          datum.place(),
          "`%s` is %s in row %d and %s in the first row"
              .formatted(column, datum.kind(), row.index() + 1, first.kind()),
          "write %s in every row".formatted(first.kind()));
    }
    if (datum instanceof Datum.Text text) {
      writable(column, text, row);
    } else if (datum instanceof Datum.Tokens tokens) {
      inVocabulary(column, tokens, row);
    } else if (datum instanceof Datum.Number number && !Double.isFinite(number.value())) {
      complaints.error(
          "data.number",
          datum.place(),
          "`%s` of row %d is not a finite number".formatted(column, row.index() + 1),
          "write a number that fits in 64 bits");
    }
  }

  private void writable(String column, Datum.Text text, Example row) {
    boolean half = text.text().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    if (half || text.text().indexOf('\0') >= 0) {
      complaints.error(
          "data.text",
          text.place(),
          "`%s` of row %d holds %s"
              .formatted(column, row.index() + 1, half ? "half of a surrogate pair" : "a NUL"),
          "write whole Unicode characters other than U+0000");
    }
  }

  private void inVocabulary(String column, Datum.Tokens tokens, Example row) {
    for (int i = 0; i < tokens.ids().length; i++) {
      int id = tokens.ids()[i];
      if (id < 0 || id >= vocabulary) {
        complaints.error(
            "data.token-range",
            tokens.place(),
            "entry %d of `%s` in row %d is %d: the model has no such token"
                .formatted(i, column, row.index() + 1, id),
            "its ids are 0 to " + (vocabulary - 1));
        return;
      }
    }
  }

  /** Cells by column, so that a column that stands twice is an error. */
  static final class Cells {
    private final Map<String, Datum> cells = new LinkedHashMap<>();
    private final Complaints complaints;

    Cells(Complaints complaints) {
      this.complaints = complaints;
    }

    void put(String column, Datum datum) {
      if (cells.putIfAbsent(column, datum) != null) {
        complaints.error(
            "data.duplicate-column",
            datum.place(),
            "the column `%s` stands here twice".formatted(column),
            "give one of them another name");
      }
    }

    Map<String, Datum> cells() {
      return cells;
    }
  }
}
