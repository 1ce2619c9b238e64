package org.intervene.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.Word;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;

/** What names and model functions mean in the metrics of one run. */
final class WithinRun implements Environment {
  private static final Set<String> ADDED = Set.of(ArrayAxis.BOUND, ArrayAxis.INDEX, ArrayAxis.RANK);

  private final MetricTables tables;
  private final PlannedRun run;
  private final NumericColumns columns;
  private final CellValues values;
  private final List<ArrayAxis> axes;

  WithinRun(MetricTables tables, PlannedRun run, NumericColumns columns, CellValues values) {
    this.tables = tables;
    this.run = run;
    this.columns = columns;
    this.values = values;
    List<ArrayAxis> own = new ArrayList<>();
    run.axes().forEach(axis -> own.add(ArrayAxis.of(axis)));
    own.add(ArrayAxis.examples(run.data(), run.examples()));
    this.axes = List.copyOf(own);
  }

  @Override
  public Optional<LabelledArray> name(Expr.Name name) {
    return tables
        .metricOf(run, name)
        .or(() -> variable(name))
        .or(() -> tables.parameter(name.name()))
        .or(() -> columns.column(run.data(), name.name()).map(this::alongExamples));
  }

  private Optional<LabelledArray> variable(Expr.Name name) {
    for (SweepAxis axis : run.axes()) {
      if (axis.name().equals(name.name())) {
        double[] numbers = axis.values().stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < numbers.length; i++) {
          if (Double.isNaN(numbers[i])) {
            throw Problems.notNumber(
                name.span(),
                "`%s` in `%s`".formatted(axis.labels().get(i), name.name()),
                "sweep over numbers where a metric counts with them");
          }
        }
        return Optional.of(LabelledArray.of(List.of(ArrayAxis.of(axis)), numbers));
      }
    }
    return Optional.empty();
  }

  private LabelledArray alongExamples(double[] numbers) {
    return LabelledArray.of(
        List.of(ArrayAxis.examples(run.data(), run.examples())), numbers.clone());
  }

  @Override
  public LabelledArray atom(Expr.Call call) {
    int read = run.atoms().indexOf(call);
    if (read < 0) {
      throw new IllegalStateException("not planned in " + run.name() + ": " + call);
    }
    DoubleUnaryOperator meaning = meaning(call.function().text());
    int[] cells = run.cells();
    double[] data = new double[cells.length];
    boolean[] present = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      present[i] = cells[i] >= 0;
      data[i] = present[i] ? meaning.applyAsDouble(values.read(cells[i], read)) : Double.NaN;
    }
    return LabelledArray.of(axes, data, present);
  }

  /** A probability is read as its logarithm, a hit as rank 0. */
  private static DoubleUnaryOperator meaning(String function) {
    return switch (function) {
      case "prob" -> Math::exp;
      case "accuracy" -> rank -> rank == 0 ? 1 : 0;
      default -> DoubleUnaryOperator.identity();
    };
  }

  /** A metric's table, if its axes are the run's. */
  LabelledArray checked(LabelledArray table, MetricClause metric) {
    for (ArrayAxis axis : table.axes()) {
      if (!ADDED.contains(axis.name()) && axes.stream().noneMatch(axis::aligns)) {
        if (axis.isExamples()) {
          throw Broadcast.unpaired(metric.value().span(), axis.of(), run.data());
        }
        throw Problems.error(
            "metric.axes",
            metric.value().span(),
            "in the run `%s`, `%s` would vary along `%s`, which that run does not sweep alike"
                .formatted(run.name(), metric.name(), axis.name()),
            "reduce what comes from another run: `max(RUN.metric over %s)`".formatted(axis.name()));
      }
    }
    return table;
  }

  @Override
  public LabelledArray metricOf(Word other, Word metric) {
    return tables.metricOf(other, metric);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(run.metrics());
    run.axes().forEach(axis -> names.add(axis.name()));
    names.addAll(tables.parameterNames());
    names.addAll(columns.names(run.data()));
    return names;
  }
}
