package org.intervene.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.Spec;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;
import org.intervene.read.SpecReader;

/** Reads data for a small model and keeps the problems. */
final class Reading {
  static final int POSITIONS = 32;
  static final Span USE = new Span(99, 1, 99, 2);

  final List<Diagnostic> problems = new ArrayList<>();
  private final DataReader reader;

  Reading(Tokenizer tokenizer) {
    this(Optional.of(tokenizer), Path.of("."), List.of());
  }

  Reading(Optional<Tokenizer> tokenizer, Path folder, List<ValueClause> values) {
    int vocabulary = tokenizer.map(Tokenizer::size).orElse(100);
    ModelFacts facts = new ModelFacts("test", 2, 8, 2, 2, 4, 16, vocabulary, POSITIONS, Map.of());
    reader = new DataReader(facts, tokenizer, folder, values, Map.of());
  }

  /**
   * Reads the last dataset of a spec.
   *
   * @param lines what follows the first line
   */
  static Outcome dsl(Optional<Tokenizer> tokenizer, Path folder, String... lines) {
    SourceText text =
        SourceText.of(
            "test.ivn",
            "experiment \"t\" model \"builtin:primer\"\n"
                + String.join("\n", lines)
                + "\nrun r on d");
    org.intervene.read.Reading spec = SpecReader.read(text);
    if (!spec.diagnostics().isEmpty()) {
      throw new AssertionError(spec.diagnostics().toString());
    }
    Spec read = spec.spec().orElseThrow();
    Reading reading = new Reading(tokenizer, folder, read.values());
    DataClause clause = read.data().get(read.data().size() - 1);
    return new Outcome(reading, reading.reader.read(clause, reading.problems::add));
  }

  static Outcome dsl(String... lines) {
    return dsl(Optional.empty(), Path.of("."), lines);
  }

  /** What came of a spec's data. */
  record Outcome(Reading reading, Optional<Dataset> data) {
    Dataset good() {
      return data.orElseThrow(() -> new AssertionError(reading.problems.toString()));
    }

    List<String> ids() {
      return reading.ids();
    }

    String message() {
      return reading.problems.get(0).message();
    }
  }

  /** The texts of a column. */
  static List<String> texts(Dataset data, String column) {
    return data.examples().stream()
        .map(e -> ((Datum.Text) e.columns().get(column)).text())
        .toList();
  }

  Optional<Dataset> read(DataSource source) {
    return reader.read(new DataClause(at(1), word("d"), source), problems::add);
  }

  /** A dataset without problems. */
  Dataset good(DataSource source) {
    Optional<Dataset> data = read(source);
    if (data.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return data.get();
  }

  Optional<Input> input(Dataset data, int row, String column) {
    return reader.input(data, data.examples().get(row), column, USE, problems::add);
  }

  List<Integer> span(Dataset data, int row, String column, String name) {
    return reader
        .span(data, data.examples().get(row), column, name, USE, problems::add)
        .map(found -> Arrays.stream(found).boxed().toList())
        .orElse(List.of());
  }

  Optional<Integer> token(Datum datum) {
    return reader.token(datum, problems::add);
  }

  /** {@code line:id} of every problem. */
  List<String> ids() {
    return problems.stream().map(p -> p.place().span().line() + ":" + p.id()).toList();
  }

  static Span at(int line) {
    return new Span(line, 1, line, 2);
  }

  static Word word(String text) {
    return new Word(at(1), text);
  }

  /** Rows on the lines from 1; cells are a name and then a text, a number or an int[]. */
  static DataSource.Rows rows(Object[]... rows) {
    List<DataSource.Row> made = new ArrayList<>();
    for (Object[] row : rows) {
      Span line = at(made.size() + 1);
      List<DataSource.Column> columns = new ArrayList<>();
      for (int i = 0; i < row.length; i += 2) {
        columns.add(
            new DataSource.Column(new Word(line, (String) row[i]), value(row[i + 1], line)));
      }
      made.add(new DataSource.Row(line, columns));
    }
    return new DataSource.Rows(at(1), made);
  }

  static Object[] row(Object... cells) {
    return cells;
  }

  private static DataSource.Value value(Object value, Span line) {
    if (value instanceof String text) {
      return new DataSource.Value.Text(new Word(line, text));
    } else if (value instanceof int[] ids) {
      return new DataSource.Value.Tokens(line, Arrays.stream(ids).boxed().toList());
    }
    return new DataSource.Value.Number(line, ((Number) value).doubleValue());
  }
}
