package org.intervene.plan;

import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.check.Diagnostics;

/** Evaluates the numbers of a spec: indices, coefficients, seeds. */
final class Numbers {
  private final Diagnostics problems;

  Numbers(Diagnostics problems) {
    this.problems = problems;
  }

  /**
   * The value of an expression without positions; reports and returns empty if it is not a number.
   */
  Optional<Double> number(Expr expr, Scope scope) {
    if (expr instanceof Expr.Number n) {
      return Optional.of(n.value());
    } else if (expr instanceof Expr.Name n) {
      return named(n, scope);
    } else if (expr instanceof Expr.Unary u && u.operator() == Expr.Operator.SUBTRACT) {
      return number(u.operand(), scope).map(x -> -x);
    } else if (expr instanceof Expr.Binary b) {
      Optional<Double> left = number(b.left(), scope);
      Optional<Double> right = number(b.right(), scope);
      return left.isPresent() && right.isPresent()
          ? apply(b, left.get(), right.get())
          : Optional.empty();
    }
    return notNumber(expr, "this");
  }

  private Optional<Double> named(Expr.Name name, Scope scope) {
    Optional<Expr> value = scope.lookup(name.name());
    if (value.isEmpty()) {
      problems.error(
          "name.unknown",
          name.span(),
          "nothing here is called `" + name.name() + "`",
          org.intervene.check.Symbols.suggestion(name.name(), known(scope)),
          "a number can be a literal, a sweep variable of this run or a `param`");
      return Optional.empty();
    }
    if (value.get() instanceof Expr.Name || value.get() instanceof Expr.Path) {
      return notNumber(name, "`" + name.name() + "`");
    }
    return number(value.get(), scope);
  }

  private static java.util.Set<String> known(Scope scope) {
    java.util.Set<String> names = new java.util.TreeSet<>(scope.variables().keySet());
    names.addAll(scope.parameters().keySet());
    return names;
  }

  private Optional<Double> apply(Expr.Binary b, double left, double right) {
    return switch (b.operator()) {
      case ADD -> finite(b, left + right);
      case SUBTRACT -> finite(b, left - right);
      case MULTIPLY -> finite(b, left * right);
      case DIVIDE -> finite(b, left / right);
      default -> notNumber(b, "a comparison");
    };
  }

  private Optional<Double> finite(Expr.Binary b, double x) {
    if (Double.isFinite(x)) {
      return Optional.of(x);
    }
    problems.error(
        "expr.not-finite",
        b.span(),
        Double.isNaN(x) ? "0 divided by 0 is no number" : "this is infinite",
        "change what is divided or multiplied, or leave the value out of the sweep");
    return Optional.empty();
  }

  private Optional<Double> notNumber(Expr expr, String what) {
    problems.error(
        "expr.not-number",
        expr.span(),
        what + " is not a number",
        "write a number, a sweep variable, a `param`, or arithmetic on these");
    return Optional.empty();
  }

  /** A whole number, such as an index or a seed. */
  Optional<Long> whole(Expr expr, Scope scope, String what) {
    return number(expr, scope)
        .flatMap(
            x -> {
              if (x == Math.rint(x) && Math.abs(x) <= 1L << 53) {
                return Optional.of(x.longValue());
              }
              problems.error(
                  "expr.not-whole",
                  expr.span(),
                  what + " has to be a whole number, not " + shown(x),
                  "use a whole number");
              return Optional.empty();
            });
  }

  static String shown(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }
}
