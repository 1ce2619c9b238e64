package org.intervene.compile;

import java.util.List;
import org.intervene.ast.Spec;
import org.intervene.check.Checked;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.metric.NumericColumns;
import org.intervene.plan.Plan;

/**
 * A spec that makes sense for a model, and the work that it asks for.
 *
 * @param notes remarks that stop nothing
 * @param columns numeric data columns that metrics may name
 */
public record Compiled(
    Spec spec, Checked checked, Plan plan, NumericColumns columns, List<Diagnostic> notes) {
  public Compiled {
    notes = List.copyOf(notes);
  }
}
