package org.intervene.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.intervene.ast.Expr;
import org.intervene.check.AtomFunctions;

/**
 * Evaluates expressions on arrays with named axes.
 *
 * <p>A condition is 1 or 0. Whatever touches NaN is NaN, comparisons included, so that an undefined
 * number never passes for a false one.
 */
public final class Evaluation {
  private final Environment environment;

  public Evaluation(Environment environment) {
    this.environment = environment;
  }

  /**
   * The value of an expression.
   *
   * @throws org.intervene.diagnostic.DiagnosticException pointing at the part that has none
   */
  public LabelledArray of(Expr expr) {
    if (expr instanceof Expr.Number number) {
      return LabelledArray.scalar(number.value());
    } else if (expr instanceof Expr.Name name) {
      return named(name);
    } else if (expr instanceof Expr.Path path) {
      return path(path);
    } else if (expr instanceof Expr.Unary unary) {
      LabelledArray x = of(unary.operand());
      return unary.operator() == Expr.Operator.NOT
          ? x.map(v -> Double.isNaN(v) ? v : truth(v == 0))
          : x.map(v -> -v);
    } else if (expr instanceof Expr.Binary binary) {
      DoubleBinaryOperator f = operation(binary.operator());
      return Broadcast.combine(
          binary.span(),
          List.of(of(binary.left()), of(binary.right())),
          x -> f.applyAsDouble(x[0], x[1]));
    } else if (expr instanceof Expr.If choice) {
      return Broadcast.combine(
          choice.span(),
          List.of(of(choice.condition()), of(choice.yes()), of(choice.no())),
          x -> Double.isNaN(x[0]) ? x[0] : x[0] != 0 ? x[1] : x[2]);
    } else if (expr instanceof Expr.Call call) {
      return AtomFunctions.contains(call.function().text())
          ? atom(call)
          : new FunctionCall(this, call).value();
    } else if (expr instanceof Expr.At at) {
      return new Coordinates(this, environment).of(at);
    } else if (expr instanceof Expr.Listing listing) {
      return listing(listing);
    }
    throw Problems.notNumber(
        expr.span(), described(expr), "write a number, a metric or a function of the model");
  }

  /** A single number. */
  double number(Expr expr, String what) {
    LabelledArray value = of(expr);
    if (!value.isScalar()) {
      throw Problems.notNumber(expr.span(), what, "write a single number");
    }
    return value.at(0);
  }

  private LabelledArray named(Expr.Name name) {
    return environment
        .name(name)
        .orElseThrow(
            () ->
                Problems.unknown(
                    "name.unknown",
                    "metric or number",
                    name.span(),
                    name.name(),
                    environment.names()));
  }

  private LabelledArray path(Expr.Path path) {
    if (path.parts().size() != 2) {
      throw Problems.notNumber(
          path.span(), "a name of %d parts".formatted(path.parts().size()), "write `RUN.metric`");
    }
    return environment.metricOf(path.parts().get(0), path.parts().get(1));
  }

  private LabelledArray atom(Expr.Call call) {
    if (!call.over().isEmpty() || !call.by().isEmpty()) {
      String name = call.function().text();
      throw Problems.error(
          "metric.not-reduction",
          call.span(),
          "`%s` reads the model and reduces nothing".formatted(name),
          "reduce it outside: `mean(%s(...) over ...)`".formatted(name));
    }
    return environment.atom(call);
  }

  private LabelledArray listing(Expr.Listing listing) {
    double[] values =
        listing.items().stream().mapToDouble(item -> number(item, "an entry of a list")).toArray();
    return LabelledArray.of(List.of(ArrayAxis.counted(ArrayAxis.INDEX, "", values.length)), values);
  }

  private static String described(Expr expr) {
    if (expr instanceof Expr.Text text) {
      return "the text \"" + text.text() + "\"";
    } else if (expr instanceof Expr.Slot slot) {
      return "the slot {" + slot.name() + "}";
    } else if (expr instanceof Expr.Slice) {
      return "a slice of a site";
    }
    return "a vector";
  }

  private static DoubleBinaryOperator operation(Expr.Operator operator) {
    return switch (operator) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case LESS -> defined((a, b) -> truth(a < b));
      case LESS_OR_EQUAL -> defined((a, b) -> truth(a <= b));
      case GREATER -> defined((a, b) -> truth(a > b));
      case GREATER_OR_EQUAL -> defined((a, b) -> truth(a >= b));
      case EQUAL -> defined((a, b) -> truth(a == b));
      case NOT_EQUAL -> defined((a, b) -> truth(a != b));
      case AND -> defined((a, b) -> truth(a != 0 && b != 0));
      case OR -> defined((a, b) -> truth(a != 0 || b != 0));
      case NOT -> throw new IllegalArgumentException("`not` takes one operand");
    };
  }

  private static DoubleBinaryOperator defined(DoubleBinaryOperator f) {
    return (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : f.applyAsDouble(a, b);
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /** Whether a condition holds in every entry that exists, and one does. */
  public static boolean holds(LabelledArray condition) {
    double[] values = condition.presentValues();
    return values.length > 0 && Arrays.stream(values).allMatch(v -> v != 0 && !Double.isNaN(v));
  }
}
