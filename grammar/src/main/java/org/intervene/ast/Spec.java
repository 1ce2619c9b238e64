package org.intervene.ast;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/**
 * One experiment, one file.
 *
 * <p>Clauses of one kind keep their written order; the order between kinds has no meaning.
 *
 * @param cites what the experiment rests on: titles, DOIs or addresses
 * @param values {@code param}, {@code vector}, {@code tokens} and other named values, ordered by
 *     kind and within a kind as written
 */
public record Spec(
    Span span,
    Word experiment,
    Optional<Word> about,
    Optional<AuthorsClause> authors,
    List<Word> cites,
    ModelClause model,
    List<ValueClause> values,
    List<DataClause> data,
    List<RunClause> runs,
    List<MetricClause> metrics,
    List<PlotClause> plots,
    List<ExpectClause> expects,
    Optional<GoldenClause> golden) {
  public Spec {
    cites = List.copyOf(cites);
    values = values.stream().sorted(Comparator.comparing(ValueClause::kind)).toList();
    data = List.copyOf(data);
    runs = List.copyOf(runs);
    metrics = List.copyOf(metrics);
    plots = List.copyOf(plots);
    expects = List.copyOf(expects);
  }

  /** The same experiment on another model. */
  public Spec withModel(ModelClause other) {
    return new Spec(
        span,
        experiment,
        about,
        authors,
        cites,
        other,
        values,
        data,
        runs,
        metrics,
        plots,
        expects,
        golden);
  }
}
