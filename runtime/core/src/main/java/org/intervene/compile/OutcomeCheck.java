package org.intervene.compile;

import org.intervene.ast.Spec;
import org.intervene.check.Diagnostics;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.metric.MetricTables;
import org.intervene.metric.PlotData;

/**
 * Evaluates metrics, expectations and plots without values: their axes and arguments have to fit.
 */
final class OutcomeCheck {
  private OutcomeCheck() {}

  static void check(MetricTables tables, Spec spec, Diagnostics problems) {
    tables.problems().forEach(problems::add);
    spec.expects().forEach(e -> tryOut(() -> tables.value(e.condition()), problems));
    spec.plots().forEach(p -> tryOut(() -> PlotData.check(p, tables), problems));
  }

  private static void tryOut(Runnable evaluation, Diagnostics problems) {
    try {
      evaluation.run();
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(problems::add);
    }
  }
}
