package org.intervene.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.Expr;
import org.intervene.ast.ValueClause;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/**
 * Reads datasets and says what a model's tokenizer makes of their cells. Problems go to the given
 * consumer, all of them; a result is empty if there was one.
 *
 * <p>Texts that were encoded once are kept, so a reader serves one spec, in one thread.
 */
public final class DataReader {
  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final Path folder;
  private final NamedValues values;
  private final Inputs inputs;
  private final AnswerTokens answers;

  /**
   * @param tokenizer absent if the model has none: then inputs have to be token ids
   * @param folder the spec's own, where relative paths start
   * @param values parameters and token lists that sizes, seeds and templates may name
   * @param overrides parameters that the command line sets
   */
  public DataReader(
      ModelFacts facts,
      Optional<Tokenizer> tokenizer,
      Path folder,
      List<ValueClause> values,
      Map<String, Expr> overrides) {
    this.facts = facts;
    this.tokenizer = tokenizer;
    this.folder = folder;
    this.values = new NamedValues(values, overrides);
    this.inputs = new Inputs(facts, tokenizer);
    this.answers = new AnswerTokens(facts, tokenizer);
  }

  /** The rows of a dataset; empty if they have a problem. */
  public Optional<Dataset> read(DataClause clause, Consumer<Diagnostic> problems) {
    Complaints complaints = new Complaints(problems);
    Place whole = new Place("", clause.name().span());
    List<Example> rows = rows(clause.source(), complaints);
    Dataset data = new Dataset(clause.name().text(), List.of(), rows);
    if (!complaints.any()) {
      data =
          new SameColumns(facts.vocabulary(), complaints).check(clause.name().text(), rows, whole);
    }
    complaints.finish(whole);
    return complaints.any() ? Optional.empty() : Optional.of(data);
  }

  private List<Example> rows(DataSource source, Complaints complaints) {
    if (source instanceof DataSource.Rows rows) {
      return WrittenRows.of(rows.rows(), complaints);
    } else if (source instanceof DataSource.Pairs pairs) {
      return WrittenRows.of(pairs.rows(), complaints);
    } else if (source instanceof DataSource.TokenLists lists) {
      return WrittenRows.of(lists);
    } else if (source instanceof DataSource.RepeatRandom repeat) {
      return new RepeatedTokens(facts, tokenizer, values, complaints).read(repeat);
    } else if (source instanceof DataSource.FileRows file) {
      return FileRows.read(file, folder, complaints);
    }
    return new TemplateRows((DataSource.Template) source, values, complaints).read();
  }

  /**
   * What a model reads in a column of an example: a text encoded with the tokenizer's BOS policy,
   * or token ids as they are.
   *
   * @param use where the column is named
   */
  public Optional<Input> input(
      Dataset data, Example example, String column, Span use, Consumer<Diagnostic> problems) {
    Datum datum = example.columns().get(column);
    if (datum == null) {
      problems.accept(
          Diagnostic.error(
              "data.unknown-column",
              use,
              "`%s` has no column `%s`".formatted(data.name(), column),
              "its columns are `" + String.join("`, `", data.columns()) + "`"));
      return Optional.empty();
    }
    return inputs.input(datum, column, example.index() + 1, problems);
  }

  /**
   * Where a named span of an input lies.
   *
   * <p>For the input column {@code c}, the name {@code x} means the template's slot {@code x}, else
   * the stretch of the text that is the text of the column {@code c.x}, else of the column {@code
   * x}; it must stand there exactly once. The tokens of a stretch are those that cover a character
   * of it. A token that also covers other characters is an error, but for a space in front.
   *
   * <p>Where nothing else is called {@code mask}, it means the mask tokens of the input.
   *
   * @param use where the span is named
   * @return ascending positions, at least one
   */
  public Optional<int[]> span(
      Dataset data,
      Example example,
      String column,
      String name,
      Span use,
      Consumer<Diagnostic> problems) {
    Optional<Input> input = input(data, example, column, use, problems);
    if (input.isEmpty()) {
      return Optional.empty();
    }
    NamedSpans spans = new NamedSpans(example, column, use, problems);
    if (name.equals("mask") && !spans.isNamed(name)) {
      return spans.masks(input.get(), tokenizer.map(Tokenizer::mask).orElse(OptionalInt.empty()));
    }
    return spans.stretch(name).flatMap(s -> spans.positions(name, s, input.get()));
  }

  /**
   * The single token that a cell stands for: a text that is one token, a list of one id, or a whole
   * number.
   */
  public Optional<Integer> token(Datum datum, Consumer<Diagnostic> problems) {
    return answers.token(datum, problems);
  }
}
