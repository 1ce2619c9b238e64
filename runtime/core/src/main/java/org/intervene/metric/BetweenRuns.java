package org.intervene.metric;

import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;

/** Where no run is the current one: expectations, plots and parameters. */
record BetweenRuns(MetricTables tables) implements Environment {
  @Override
  public Optional<LabelledArray> name(Expr.Name name) {
    if (tables.metricNames().contains(name.name())) {
      throw noRun(name.span(), "the metric `%s`".formatted(name.name()), name.name());
    }
    return tables.parameter(name.name());
  }

  @Override
  public LabelledArray atom(Expr.Call call) {
    String metric = tables.metricNames().stream().findFirst().orElse("metric");
    throw noRun(call.span(), "the function `%s`".formatted(call.function()), metric);
  }

  private DiagnosticException noRun(Span span, String what, String metric) {
    String run = tables.runNames().stream().findFirst().orElse("RUN");
    return Problems.error(
        "expect.no-run",
        span,
        what + " has a value in each run, and none is named here",
        "write a run's metric: `%s.%s`".formatted(run, metric));
  }

  @Override
  public LabelledArray metricOf(Word run, Word metric) {
    return tables.metricOf(run, metric);
  }

  @Override
  public Set<String> names() {
    return tables.parameterNames();
  }
}
