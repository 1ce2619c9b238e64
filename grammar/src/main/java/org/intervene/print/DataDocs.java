package org.intervene.print;

import java.util.ArrayList;
import java.util.List;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Column;
import org.intervene.ast.DataSource.Row;
import org.intervene.ast.DataSource.Value;

/** Rows of the DSL as documents. */
final class DataDocs {
  private static final int INDENT = 2;

  private DataDocs() {}

  /** Sources that need no block. */
  static Doc source(DataSource source) {
    if (source instanceof DataSource.TokenLists tokens) {
      List<Doc> inputs = tokens.inputs().stream().map(DataDocs::ids).toList();
      return Doc.of(
          "tokens ",
          Doc.group("[", Doc.nest(INDENT, Doc.of(Doc.SOFT, Doc.join(",", inputs))), Doc.SOFT, "]"));
    } else if (source instanceof DataSource.RepeatRandom repeat) {
      return Doc.group(
          "repeat random tokens",
          Doc.nest(
              2 * INDENT,
              Doc.of(
                  Doc.of(Doc.LINE, "length ", ExprDocs.sum(repeat.length())),
                  Doc.of(Doc.LINE, "rows ", ExprDocs.sum(repeat.rows())),
                  Doc.of(Doc.LINE, "seed ", ExprDocs.sum(repeat.seed())))));
    }
    DataSource.FileRows file = (DataSource.FileRows) source;
    Object digest =
        file.digest()
            .map(d -> Doc.of(Doc.LINE, "digest " + Quotes.dsl(d.text())))
            .orElse(Doc.text(""));
    return Doc.group("file " + Quotes.dsl(file.path().text()), Doc.nest(2 * INDENT, (Doc) digest));
  }

  static Doc row(List<Column> columns) {
    List<Object> parts = new ArrayList<>();
    for (Column column : columns) {
      parts.add(Doc.LINE);
      parts.add(column(column));
    }
    return Doc.group("{", Doc.nest(INDENT, Doc.of(parts.toArray())), Doc.LINE, "}");
  }

  /** {@code clean "..." corrupt "..." { ... }}; the twins are the first two columns. */
  static Doc pair(Row row) {
    List<Column> columns = row.columns();
    Doc twins = Doc.group(column(columns.get(0)), Doc.LINE, column(columns.get(1)));
    return columns.size() == 2
        ? twins
        : Doc.of(twins, " ", row(columns.subList(2, columns.size())));
  }

  private static Doc column(Column column) {
    return Doc.of(column.name() + " ", value(column.value()));
  }

  private static Doc value(Value value) {
    if (value instanceof Value.Text text) {
      return Doc.text(Quotes.dsl(text.text().text()));
    } else if (value instanceof Value.Tokens tokens) {
      return ids(tokens.ids());
    }
    return Doc.text(NumberText.of(((Value.Number) value).value()));
  }

  private static Doc ids(List<Integer> ids) {
    return ExprDocs.bracketed("[", ids.stream().map(id -> Doc.text(id.toString())).toList(), "]");
  }
}
