package org.intervene.metric;

import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;

/**
 * What names and model functions stand for where an expression is evaluated. With arrays of the
 * right axes and any numbers in them, evaluation is a static check.
 */
public interface Environment {
  /**
   * A metric of the current run, a sweep variable (its values along its own axis), a parameter, or
   * a numeric data column (along {@code example}); empty if there is no such name.
   */
  Optional<LabelledArray> name(Expr.Name name);

  /**
   * A function of {@link org.intervene.check.AtomFunctions}: its value in every cell of the current
   * run.
   *
   * @throws org.intervene.diagnostic.DiagnosticException where there is no current run
   */
  LabelledArray atom(Expr.Call call);

  /**
   * {@code RUN.metric}.
   *
   * @throws org.intervene.diagnostic.DiagnosticException if there is no such run, or it has no such
   *     metric
   */
  LabelledArray metricOf(Word run, Word metric);

  /** Every name that {@link #name} knows, for suggestions. */
  Set<String> names();
}
