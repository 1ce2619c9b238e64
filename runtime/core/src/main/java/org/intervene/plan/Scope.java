package org.intervene.plan;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.intervene.ast.Expr;
import org.intervene.diagnostic.Span;

/**
 * What names mean in one cell.
 *
 * @param variables sweep variables at this point: a number, or a position such as {@code
 *     subject.last}
 * @param parameters declared parameters
 * @param length tokens of the input; 0 where no input is in sight
 * @param spans looks a named span up (ascending token positions), reporting at the given place if
 *     there is none
 */
record Scope(
    Map<String, Expr> variables,
    Map<String, Expr> parameters,
    int length,
    BiFunction<String, Span, Optional<int[]>> spans) {

  /** What a name stands for, followed through variables to the value that they have here. */
  Optional<Expr> lookup(String name) {
    Expr value = variables.get(name);
    return Optional.ofNullable(value == null ? parameters.get(name) : value);
  }

  /** The same names over another input. */
  Scope over(int otherLength, BiFunction<String, Span, Optional<int[]>> otherSpans) {
    return new Scope(variables, parameters, otherLength, otherSpans);
  }
}
