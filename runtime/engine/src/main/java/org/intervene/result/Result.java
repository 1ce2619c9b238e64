package org.intervene.result;

import java.util.List;
import java.util.function.Function;
import org.intervene.ast.Expr;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.metric.Expectation;
import org.intervene.metric.Expectations;
import org.intervene.metric.MetricTables;
import org.intervene.metric.PlotData;
import org.intervene.metric.Summary;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;

/**
 * A finished experiment.
 *
 * @param tables every metric of every run, in all its cells
 * @param summaries the same, averaged over examples
 * @param plots what the spec plots; if it plots nothing, one picture for each swept run
 * @param notes remarks of the checks
 */
public record Result(
    Spec spec,
    Plan plan,
    Execution execution,
    Provenance provenance,
    AxisLabels labels,
    List<MetricTables.Table> tables,
    List<Summary> summaries,
    List<Expectation> expectations,
    List<PlotData> plots,
    List<Diagnostic> notes) {
  public Result {
    tables = List.copyOf(tables);
    summaries = List.copyOf(summaries);
    expectations = List.copyOf(expectations);
    plots = List.copyOf(plots);
    notes = List.copyOf(notes);
  }

  /**
   * Computes the metrics, expectations and plots of an execution.
   *
   * @param metrics evaluates the spec's expressions on the execution's numbers
   * @param printer writes an expression as a spec would
   */
  public static Result of(
      Spec spec,
      Plan plan,
      Execution execution,
      MetricTables metrics,
      Function<Expr, String> printer,
      Provenance provenance,
      AxisLabels labels,
      List<Diagnostic> notes) {
    List<MetricTables.Table> tables = metrics.all();
    List<Summary> summaries = tables.stream().map(Summary::of).toList();
    List<PlotData> plots =
        spec.plots().isEmpty()
            ? DefaultPlots.of(plan, summaries)
            : spec.plots().stream().map(p -> PlotData.of(p, metrics, printer)).toList();
    return new Result(
        spec,
        plan,
        execution,
        provenance,
        labels,
        tables,
        summaries,
        new Expectations(metrics, printer).of(spec),
        plots,
        notes);
  }

  /** Whether every expectation held. */
  public boolean passed() {
    return expectations.stream().allMatch(Expectation::passed);
  }
}
