package org.intervene.check;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;

/** Tells what is true or false from what is a number, which an expectation cannot be. */
final class Conditions {
  private final Map<String, MetricClause> metrics;
  private final Set<String> met = new HashSet<>();

  Conditions(Map<String, MetricClause> metrics) {
    this.metrics = metrics;
  }

  /** Whether an expression is a comparison, made of such, or a metric that is one. */
  boolean isCondition(Expr expr) {
    if (expr instanceof Expr.Binary binary) {
      return switch (binary.operator()) {
        case ADD, SUBTRACT, MULTIPLY, DIVIDE -> false;
        case AND, OR -> isCondition(binary.left()) && isCondition(binary.right());
        default -> true;
      };
    } else if (expr instanceof Expr.Unary unary) {
      return unary.operator() == Expr.Operator.NOT && isCondition(unary.operand());
    } else if (expr instanceof Expr.If choice) {
      return isCondition(choice.yes()) && isCondition(choice.no());
    } else if (expr instanceof Expr.At at) {
      return isCondition(at.target());
    } else if (expr instanceof Expr.Call call) {
      return isCondition(call);
    } else if (expr instanceof Expr.Path path) {
      return isCondition(path.parts().get(path.parts().size() - 1).text());
    }
    return expr instanceof Expr.Name name && isCondition(name.name());
  }

  /** The least or greatest of conditions says whether all or any hold. */
  private boolean isCondition(Expr.Call call) {
    return switch (call.function().text()) {
      case "accuracy" -> true;
      case "min", "max" -> call.arguments().stream().allMatch(this::isCondition);
      default -> false;
    };
  }

  /** What is no metric, or one of a circle, is told elsewhere. */
  private boolean isCondition(String metric) {
    return !metrics.containsKey(metric)
        || !met.add(metric)
        || isCondition(metrics.get(metric).value());
  }
}
