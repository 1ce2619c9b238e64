package org.intervene.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.ValueClause;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/** Turns data clauses into datasets, and their columns into inputs. */
public final class DataReader {
  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;

  /**
   * @param folder where relative paths start
   * @param values named token lists and parameters
   */
  public DataReader(
      ModelFacts facts, Optional<Tokenizer> tokenizer, Path folder, List<ValueClause> values) {
    this.facts = facts;
    this.tokenizer = tokenizer;
  }

  /** The rows of a clause; empty if they cannot be read. */
  public Optional<Dataset> read(DataClause clause, Consumer<Diagnostic> problems) {
    List<Example> examples = new ArrayList<>();
    if (clause.source() instanceof DataSource.Rows rows) {
      rows.rows().forEach(r -> examples.add(example(examples.size(), r)));
    } else if (clause.source() instanceof DataSource.Pairs pairs) {
      pairs.rows().forEach(r -> examples.add(example(examples.size(), r)));
    } else if (clause.source() instanceof DataSource.TokenLists lists) {
      for (List<Integer> ids : lists.inputs()) {
        Datum tokens = new Datum.Tokens(ints(ids), clause.source().span());
        examples.add(new Example(examples.size(), clause.span(), Map.of("tokens", tokens)));
      }
    } else {
      problems.accept(
          Diagnostic.error(
              "feature.unsupported",
              clause.source().span(),
              "this kind of data cannot be used yet",
              "write the rows in the spec"));
      return Optional.empty();
    }
    return dataset(clause, examples, problems);
  }

  private static Optional<Dataset> dataset(
      DataClause clause, List<Example> examples, Consumer<Diagnostic> problems) {
    if (examples.isEmpty()) {
      problems.accept(
          Diagnostic.error(
              "data.empty", clause.span(), "`" + clause.name() + "` has no rows", "add a row"));
      return Optional.empty();
    }
    List<String> columns = columns(clause);
    for (Example example : examples) {
      if (!example.columns().keySet().equals(java.util.Set.copyOf(columns))) {
        problems.accept(
            Diagnostic.error(
                "data.missing-column",
                example.span(),
                "this row does not have the columns of the first row",
                "give every row the columns `" + String.join("`, `", columns) + "`"));
        return Optional.empty();
      }
    }
    return Optional.of(new Dataset(clause.name().text(), columns, examples));
  }

  private static List<String> columns(DataClause clause) {
    List<DataSource.Row> rows =
        clause.source() instanceof DataSource.Rows r
            ? r.rows()
            : clause.source() instanceof DataSource.Pairs p ? p.rows() : List.of();
    return rows.isEmpty()
        ? List.of("tokens")
        : rows.get(0).columns().stream().map(c -> c.name().text()).toList();
  }

  private static Example example(int index, DataSource.Row row) {
    Map<String, Datum> columns = new LinkedHashMap<>();
    row.columns().forEach(c -> columns.put(c.name().text(), datum(c.value())));
    return new Example(index, row.span(), columns);
  }

  private static Datum datum(DataSource.Value value) {
    if (value instanceof DataSource.Value.Text text) {
      return new Datum.Text(text.text().text(), text.text().span());
    } else if (value instanceof DataSource.Value.Tokens tokens) {
      return new Datum.Tokens(ints(tokens.ids()), tokens.span());
    }
    DataSource.Value.Number number = (DataSource.Value.Number) value;
    return new Datum.Number(number.value(), number.span());
  }

  private static int[] ints(List<Integer> ids) {
    return ids.stream().mapToInt(i -> i).toArray();
  }

  /** A column of an example as tokens. */
  public Optional<Input> input(
      Dataset data, Example example, String column, Span use, Consumer<Diagnostic> problems) {
    Datum datum = example.columns().get(column);
    if (datum instanceof Datum.Tokens tokens) {
      return checked(tokens.ids(), tokens.span(), problems).map(Input::new);
    } else if (datum instanceof Datum.Text text && tokenizer.isPresent()) {
      return checked(tokenizer.get().encode(text.text()).tokens(), text.span(), problems)
          .map(Input::new);
    }
    problems.accept(
        Diagnostic.error(
            "data.not-an-input",
            datum == null ? use : datum.span(),
            "`" + data.name() + "." + column + "` cannot be read as an input",
            "use token ids, or a text and a model with a tokenizer"));
    return Optional.empty();
  }

  private Optional<int[]> checked(int[] ids, Span span, Consumer<Diagnostic> problems) {
    if (ids.length == 0) {
      problems.accept(
          Diagnostic.error("data.empty-input", span, "this input has no tokens", "write a text"));
      return Optional.empty();
    }
    if (ids.length > facts.maxPositions()) {
      problems.accept(
          Diagnostic.error(
              "data.too-long",
              span,
              "this input has "
                  + ids.length
                  + " tokens, and the model takes "
                  + facts.maxPositions(),
              "shorten it"));
      return Optional.empty();
    }
    if (IntStream.of(ids).anyMatch(i -> i < 0 || i >= facts.vocabulary())) {
      problems.accept(
          Diagnostic.error(
              "data.token-range",
              span,
              "an id is outside of the vocabulary",
              "use ids from 0 to " + (facts.vocabulary() - 1)));
      return Optional.empty();
    }
    return Optional.of(ids);
  }

  /** The positions of a named span of an input, ascending. */
  public Optional<int[]> span(
      Dataset data,
      Example example,
      String column,
      String name,
      Span use,
      Consumer<Diagnostic> problems) {
    Datum own = example.columns().get(column + "." + name);
    Datum wanted = own == null ? example.columns().get(name) : own;
    if (!(wanted instanceof Datum.Text part)
        || !(example.columns().get(column) instanceof Datum.Text text)
        || tokenizer.isEmpty()) {
      problems.accept(
          Diagnostic.error(
              "span.unknown",
              use,
              "`" + name + "` is no position and no named span of this input",
              "add a text column `" + column + "." + name + "` that says which part is meant"));
      return Optional.empty();
    }
    int start = text.text().indexOf(part.text());
    if (part.text().isEmpty() || start < 0 || text.text().indexOf(part.text(), start + 1) >= 0) {
      problems.accept(
          Diagnostic.error(
              start < 0 ? "span.not-found" : "span.ambiguous",
              part.span(),
              "\"" + part.text() + "\" does not stand exactly once in the input",
              "write it as it stands there"));
      return Optional.empty();
    }
    Tokenizer.Encoding encoding = tokenizer.get().encode(text.text());
    int end = start + part.text().length();
    return Optional.of(
        IntStream.range(0, encoding.tokens().length)
            .filter(i -> encoding.starts()[i] < end && encoding.ends()[i] > start)
            .toArray());
  }

  /** The single token that a datum is. */
  public Optional<Integer> token(Datum datum, Consumer<Diagnostic> problems) {
    if (datum instanceof Datum.Text text && tokenizer.isPresent()) {
      OptionalInt single = tokenizer.get().singleToken(text.text());
      if (single.isPresent()) {
        return Optional.of(single.getAsInt());
      }
      problems.accept(notSingle(text));
      return Optional.empty();
    }
    int id =
        datum instanceof Datum.Number number && number.value() == Math.rint(number.value())
            ? (int) number.value()
            : datum instanceof Datum.Tokens tokens && tokens.ids().length == 1
                ? tokens.ids()[0]
                : -1;
    if (id >= 0 && id < facts.vocabulary()) {
      return Optional.of(id);
    }
    problems.accept(
        Diagnostic.error(
            "token.expected",
            datum.span(),
            "this is not one token of the model",
            "use a text that is one token, or an id from 0 to " + (facts.vocabulary() - 1)));
    return Optional.empty();
  }

  private Diagnostic notSingle(Datum.Text text) {
    Tokenizer known = tokenizer.orElseThrow();
    int[] parts = known.tokensOf(text.text());
    StringBuilder shown = new StringBuilder();
    IntStream.of(parts).forEach(t -> shown.append(" \"").append(known.show(t)).append('"'));
    String spaced = " " + text.text();
    return Diagnostic.error(
        "token.not-single",
        text.span(),
        "\"" + text.text() + "\" is " + parts.length + " tokens:" + shown,
        known.singleToken(spaced).isPresent()
            ? "did you mean \"" + spaced + "\" (with a leading space), which is one token?"
            : "use a text that is one token");
  }
}
