package org.intervene.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.DataRef;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;
import org.intervene.check.Symbols;
import org.intervene.data.DataReader;
import org.intervene.data.Dataset;
import org.intervene.data.Datum;
import org.intervene.data.Example;
import org.intervene.data.Input;
import org.intervene.diagnostic.Span;
import org.intervene.model.Tokenizer;

/** The inputs of runs and the tokens of answers, each encoded once. */
final class Prompts {
  private static final List<String> USUAL_COLUMNS = List.of("clean", "tokens", "text", "prompt");
  private final DataReader reader;
  private final Optional<Tokenizer> tokenizer;
  private final Symbols symbols;
  private final Diagnostics problems;
  private final Map<List<Object>, Optional<Prompt>> known = new HashMap<>();

  Prompts(DataReader reader, Optional<Tokenizer> tokenizer, Symbols symbols, Diagnostics problems) {
    this.reader = reader;
    this.tokenizer = tokenizer;
    this.symbols = symbols;
    this.problems = problems;
  }

  /** The column that a reference to data means: the one it names, or the clean or only one. */
  Optional<String> column(Dataset data, DataRef ref) {
    if (ref.column().isPresent()) {
      String column = ref.column().get().text();
      if (!data.columns().contains(column)) {
        problems.error(
            "data.unknown-column",
            ref.column().get().span(),
            "`" + data.name() + "` has no column `" + column + "`",
            Symbols.suggestion(column, new java.util.LinkedHashSet<>(data.columns())));
        return Optional.empty();
      }
      return Optional.of(column);
    }
    Optional<String> usual = USUAL_COLUMNS.stream().filter(data.columns()::contains).findFirst();
    if (usual.isPresent() || data.columns().size() == 1) {
      return Optional.of(usual.orElseGet(() -> data.columns().get(0)));
    }
    problems.error(
        "data.column-needed",
        ref.span(),
        "`" + data.name() + "` has several columns; say which one is the input",
        "write `"
            + data.name()
            + "."
            + data.columns().get(0)
            + "`; its columns are `"
            + String.join("`, `", data.columns())
            + "`");
    return Optional.empty();
  }

  /** An example's column as the tokens that a run reads. */
  Optional<Prompt> prompt(Dataset data, String column, int example, Span use) {
    return known.computeIfAbsent(
        List.of(data.name(), column, example),
        k -> {
          Example row = data.examples().get(example);
          Optional<Input> input = reader.input(data, row, column, use, problems::add);
          return input.map(
              i ->
                  new Prompt(
                      data.name(),
                      column,
                      example,
                      i.tokens(),
                      (name, span) -> reader.span(data, row, column, name, span, problems::add)));
        });
  }

  /**
   * The single token that an expression names: a text, an id, a column of the cell's example, or a
   * parameter.
   */
  Optional<Integer> token(Expr expr, Optional<CellContext> cell, Scope scope) {
    if (expr instanceof Expr.Text text) {
      return reader.token(new Datum.Text(text.text(), text.span()), problems::add);
    } else if (expr instanceof Expr.Number number) {
      return reader.token(new Datum.Number(number.value(), number.span()), problems::add);
    } else if (expr instanceof Expr.Name name) {
      Optional<Datum> datum =
          cell.flatMap(
              c ->
                  Optional.ofNullable(
                      c.run()
                          .data()
                          .examples()
                          .get(c.prompt().example())
                          .columns()
                          .get(name.name())));
      if (datum.isPresent()) {
        return reader.token(datum.get(), problems::add);
      }
      Optional<Expr> value = scope.lookup(name.name());
      if (value.isPresent()) {
        return token(value.get(), cell, scope);
      }
    }
    problems.error(
        "token.expected",
        expr.span(),
        "this is not a token",
        "a token is a text such as \" Paris\", a token id, or a column of the run's data");
    return Optional.empty();
  }

  /** How an input splits into tokens, for messages. */
  String shown(Prompt prompt) {
    StringBuilder shown = new StringBuilder();
    for (int token : prompt.tokens()) {
      shown.append(shown.isEmpty() ? "" : " ").append(quoted(token));
    }
    return shown.toString();
  }

  /** A token as it reads. */
  String quoted(int token) {
    return tokenizer.map(t -> "\"" + t.show(token) + "\"").orElse(Integer.toString(token));
  }
}
