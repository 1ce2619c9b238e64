package org.intervene.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;

/**
 * Every metric of every run, computed when first asked for. With {@link CellValues#none()} nothing
 * has to be executed: evaluating all of them is the check of names and axes.
 */
public final class MetricTables {
  private final Map<String, PlannedRun> runs = new LinkedHashMap<>();
  private final Map<String, Set<String>> metricsOfRun = new HashMap<>();
  private final Map<String, MetricClause> metrics = new LinkedHashMap<>();
  private final Map<String, Expr> parameters;
  private final NumericColumns columns;
  private final CellValues values;
  private final Map<Key, LabelledArray> known = new LinkedHashMap<>();
  private final Set<Key> open = new LinkedHashSet<>();
  private final Map<String, WithinRun> within = new HashMap<>();

  private record Key(String run, String metric) {
    @Override
    public String toString() {
      return run + "." + metric;
    }
  }

  /**
   * @param parameters declared parameters with the values that they have in this execution
   */
  public MetricTables(
      Spec spec,
      Plan plan,
      Map<String, Expr> parameters,
      NumericColumns columns,
      CellValues values) {
    for (PlannedRun run : plan.runs()) {
      runs.put(run.name(), run);
      metricsOfRun.put(run.name(), Set.copyOf(run.metrics()));
    }
    spec.metrics().forEach(metric -> metrics.put(metric.name().text(), metric));
    this.parameters = Map.copyOf(parameters);
    this.columns = columns;
    this.values = values;
  }

  /** One metric of one run. */
  public record Table(String run, String metric, LabelledArray values) {}

  /** All metrics of all runs, in written order. */
  public List<Table> all() {
    List<Table> tables = new ArrayList<>();
    for (PlannedRun run : runs.values()) {
      for (String metric : run.metrics()) {
        tables.add(new Table(run.name(), metric, table(run, metrics.get(metric))));
      }
    }
    return tables;
  }

  /**
   * What is wrong with metrics, each in every run that has it; the same problem in several runs is
   * listed once.
   */
  public List<Diagnostic> problems() {
    Set<Diagnostic> problems = new LinkedHashSet<>();
    for (PlannedRun run : runs.values()) {
      for (String metric : run.metrics()) {
        try {
          table(run, metrics.get(metric));
        } catch (DiagnosticException e) {
          problems.addAll(e.diagnostics());
        }
      }
    }
    return List.copyOf(problems);
  }

  /** Value of an expression that belongs to no run: an expectation, or what a plot shows. */
  public LabelledArray value(Expr expr) {
    return new Evaluation(new BetweenRuns(this)).of(expr);
  }

  LabelledArray metricOf(Word run, Word metric) {
    PlannedRun planned = runs.get(run.text());
    if (planned == null) {
      throw Problems.unknown("run.unknown", "run", run.span(), run.text(), runs.keySet());
    }
    MetricClause clause = metrics.get(metric.text());
    if (clause == null) {
      throw Problems.unknown(
          "metric.unknown", "metric", metric.span(), metric.text(), metrics.keySet());
    }
    if (!metricsOfRun.get(run.text()).contains(metric.text())) {
      throw Problems.error(
          "metric.not-in-run",
          metric.span(),
          "the run `%s` does not have the metric `%s`".formatted(run, metric),
          "it has "
              + planned.metrics().stream()
                  .map(m -> "`" + m + "`")
                  .collect(Collectors.joining(", ")));
    }
    return table(planned, clause);
  }

  /** A metric of a run, by the name that an expression in the same run uses. */
  Optional<LabelledArray> metricOf(PlannedRun run, Expr.Name name) {
    return metrics.containsKey(name.name())
        ? Optional.of(metricOf(word(run.name(), name), word(name.name(), name)))
        : Optional.empty();
  }

  private static Word word(String text, Expr place) {
    return new Word(place.span(), text);
  }

  private LabelledArray table(PlannedRun run, MetricClause metric) {
    Key key = new Key(run.name(), metric.name().text());
    LabelledArray done = known.get(key);
    if (done != null) {
      return done;
    }
    if (!open.add(key)) {
      String circle = open.stream().map(Key::toString).collect(Collectors.joining(" -> "));
      throw Problems.error(
          "metric.cycle",
          metric.span(),
          "metrics are defined by each other in a circle: %s -> %s".formatted(circle, key),
          "let one of them depend on the model's outputs alone");
    }
    try {
      WithinRun meaning =
          within.computeIfAbsent(run.name(), k -> new WithinRun(this, run, columns, values));
      LabelledArray table = meaning.checked(new Evaluation(meaning).of(metric.value()), metric);
      known.put(key, table);
      return table;
    } finally {
      open.remove(key);
    }
  }

  /** A parameter's value. */
  Optional<LabelledArray> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).map(this::value);
  }

  Set<String> parameterNames() {
    return parameters.keySet();
  }

  Set<String> metricNames() {
    return metrics.keySet();
  }

  Set<String> runNames() {
    return runs.keySet();
  }
}
