package org.intervene.check;

import java.util.Optional;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.Expr;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.MetricClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;

/** Checks what expectations, plots and the golden clause name: a metric of a run that has it. */
final class OutcomeNames {
  private final Symbols symbols;
  private final MetricScopes metrics;
  private final Diagnostics problems;

  OutcomeNames(Symbols symbols, MetricScopes metrics, Diagnostics problems) {
    this.symbols = symbols;
    this.metrics = metrics;
    this.problems = problems;
  }

  void check(Spec spec) {
    for (ExpectClause expected : spec.expects()) {
      check(expected.condition());
      condition(expected.condition());
    }
    spec.plots().forEach(p -> check(p.value()));
    spec.golden().ifPresent(this::golden);
  }

  private void condition(Expr expr) {
    if (!new Conditions(symbols.metrics()).isCondition(expr)) {
      problems.error(
          "expect.not-condition",
          expr.span(),
          "this is a number, and an expectation holds or does not",
          "compare it, such as with `> 0.9`");
    }
  }

  private void golden(GoldenClause golden) {
    golden
        .by()
        .filter(by -> !by.text().equals(GoldenClause.EXAMPLE))
        .ifPresent(
            by ->
                problems.error(
                    "golden.by",
                    by.span(),
                    "a golden result cannot be kept by `" + by + "`",
                    "write `golden by example within ...` to pin every example, or leave `by` out to"
                        + " pin the means over them"));
    for (GoldenClause.Tolerance tolerance : golden.tolerances()) {
      tolerance
          .metric()
          .filter(m -> !symbols.metrics().containsKey(m.text()))
          .ifPresent(
              m ->
                  problems.error(
                      "metric.unknown",
                      m.span(),
                      "there is no metric called `" + m + "`",
                      Symbols.suggestion(m.text(), symbols.metrics().keySet())));
    }
  }

  private void check(Expr expr) {
    References.walk(
        expr,
        e -> {
          if (e instanceof Expr.Path path) {
            path(path);
          } else if (e instanceof Expr.Name name) {
            name(name);
          } else if (e instanceof Expr.Call call
              && AtomFunctions.contains(call.function().text())) {
            problems.error(
                "expect.no-run",
                call.span(),
                "`" + call.function() + "` reads a run, and this line belongs to none",
                "declare a `metric` and name it as `RUN.METRIC`");
          }
        });
  }

  private void name(Expr.Name name) {
    if (symbols.metrics().containsKey(name.name())) {
      String run = symbols.runs().keySet().stream().findFirst().orElse("RUN");
      problems.error(
          "expect.no-run",
          name.span(),
          "`" + name.name() + "` is a metric of several runs; say which",
          "write `" + run + "." + name.name() + "`");
    }
  }

  private void path(Expr.Path path) {
    new MetricNames(symbols, problems).check(path);
    if (path.parts().size() != 2) {
      return;
    }
    RunClause run = symbols.runs().get(path.parts().get(0).text());
    MetricClause metric = symbols.metrics().get(path.parts().get(1).text());
    if (run == null || metric == null || problems.hasErrors()) {
      return;
    }
    Optional<String> why = metrics.whyNot(metric, run);
    why.ifPresent(
        w ->
            problems.error(
                "metric.not-in-run",
                path.span(),
                "run `" + run.name() + "` has no metric `" + metric.name() + "`: " + w,
                "use a run that has it"));
  }
}
