package org.intervene.read;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.DataClause;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.PlotClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/** The clauses of a spec as they are read, from either notation. */
final class SpecDraft {
  /** Clauses that a spec has at most once. */
  enum Single {
    EXPERIMENT,
    ABOUT,
    AUTHORS,
    MODEL,
    GOLDEN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<Single> REQUIRED = EnumSet.of(Single.EXPERIMENT, Single.MODEL);

  private final Problems problems;
  private final Notation notation;
  private final Map<Single, Span> singles = new LinkedHashMap<>();
  private Word experiment;
  private Word about;
  private AuthorsClause authors;
  private ModelClause model;
  private GoldenClause golden;
  private boolean hasRun;
  final List<Word> cites = new ArrayList<>();
  final List<ValueClause> values = new ArrayList<>();
  final List<DataClause> data = new ArrayList<>();
  final List<RunClause> runs = new ArrayList<>();
  final List<MetricClause> metrics = new ArrayList<>();
  final List<PlotClause> plots = new ArrayList<>();
  final List<ExpectClause> expects = new ArrayList<>();

  SpecDraft(Problems problems, Notation notation) {
    this.problems = problems;
    this.notation = notation;
  }

  /** Notes that a clause stands here, whether or not it can be read. */
  void saw(Single clause, Span span) {
    Span first = singles.putIfAbsent(clause, span);
    if (first != null) {
      problems.add(
          Ids.DUPLICATE_CLAUSE,
          span,
          "a spec has one `" + clause.word() + "`; the first is in line " + first.line(),
          "remove one of them");
    }
  }

  void sawRun() {
    hasRun = true;
  }

  void experiment(Word name) {
    experiment = experiment == null ? name : experiment;
  }

  void about(Word text) {
    about = about == null ? text : about;
  }

  void authors(AuthorsClause clause) {
    authors = authors == null ? clause : authors;
  }

  void model(ModelClause clause) {
    model = model == null ? clause : model;
  }

  void golden(GoldenClause clause) {
    golden = golden == null ? clause : golden;
  }

  /** The spec, or nothing if there are problems. */
  Optional<Spec> finish(Span span) {
    if (isEmpty() && !problems.any()) {
      problems.add(
          Ids.MISSING_CLAUSE,
          new Span(1, 1, 1, 1),
          "this file is empty",
          "a spec has at least an experiment's name, a model and a run");
      return Optional.empty();
    }
    for (Single clause : REQUIRED) {
      if (!singles.containsKey(clause) && !problems.isMeant(clause.word())) {
        missing(clause.word());
      }
    }
    if (!hasRun && !problems.isMeant("run")) {
      missing("run");
    }
    Duplicates.report(values.stream().map(ValueClause::name).toList(), "value", problems);
    Duplicates.report(data.stream().map(DataClause::name).toList(), "dataset", problems);
    Duplicates.report(runs.stream().map(RunClause::name).toList(), "run", problems);
    Duplicates.report(metrics.stream().map(MetricClause::name).toList(), "metric", problems);
    for (RunClause run : runs) {
      Duplicates.report(
          run.sweeps().stream().map(Sweep::variable).toList(), "sweep variable", problems);
    }
    if (problems.any()) {
      return Optional.empty();
    }
    return Optional.of(
        new Spec(
            span,
            experiment,
            Optional.ofNullable(about),
            Optional.ofNullable(authors),
            cites,
            model,
            values,
            data,
            runs,
            metrics,
            plots,
            expects,
            Optional.ofNullable(golden)));
  }

  private boolean isEmpty() {
    return singles.isEmpty()
        && !hasRun
        && Stream.of(cites, values, data, metrics, plots, expects).allMatch(List::isEmpty);
  }

  private void missing(String clause) {
    problems.add(
        Ids.MISSING_CLAUSE,
        new Span(1, 1, 1, 1),
        "this spec has no `" + notation.keyword(clause) + "`",
        "add one, such as `" + notation.example(clause) + "`");
  }
}
