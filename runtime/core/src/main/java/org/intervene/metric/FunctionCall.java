package org.intervene.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.intervene.ast.Expr;
import org.intervene.check.Reductions;

/** A call of a reduction or of a function of single entries. */
final class FunctionCall {
  private final Evaluation evaluation;
  private final Expr.Call call;
  private final String name;

  FunctionCall(Evaluation evaluation, Expr.Call call) {
    this.evaluation = evaluation;
    this.call = call;
    this.name = call.function().text();
  }

  LabelledArray value() {
    if (!Functions.all().contains(name)) {
      throw Problems.unknown(
          "metric.unknown-function", "function", call.function().span(), name, Functions.all());
    }
    if (call.at().isPresent()) {
      throw Problems.error(
          "metric.position",
          call.at().get().span(),
          "`%s` does not read the model, so it has no position".formatted(name),
          "put the position after the function that does: `logit(answer) @ 3`");
    }
    int arguments = call.arguments().size();
    boolean several = arguments > 1 && (name.equals("min") || name.equals("max"));
    if (several || !Reductions.contains(name)) {
      return elementwise();
    }
    return switch (name) {
      case "ci" -> interval();
      case "quantile" -> quantile();
      case "topk" -> top();
      case "argmax" -> arg(1);
      case "argmin" -> arg(-1);
      case "count" -> count();
      default -> reduced(simple());
    };
  }

  private ToDoubleFunction<double[]> simple() {
    return switch (name) {
      case "mean" -> Statistics::mean;
      case "median" -> xs -> Statistics.quantile(xs, 0.5);
      case "sum" -> Statistics::sum;
      case "min" -> Statistics::min;
      case "max" -> Statistics::max;
      case "sem" -> Statistics::sem;
      default -> throw new IllegalStateException(name);
    };
  }

  private LabelledArray reduced(ToDoubleFunction<double[]> f) {
    LabelledArray x = argument(name + "(x)", 1);
    return Reducing.over(x, axes(x).reduced(), f);
  }

  private LabelledArray count() {
    LabelledArray x = argument("count(x)", 1);
    return Reducing.count(x, axes(x).reduced());
  }

  private LabelledArray quantile() {
    LabelledArray x = argument("quantile(x, 0.9)", 2);
    double q = fraction(1);
    return Reducing.over(x, axes(x).reduced(), xs -> Statistics.quantile(xs, q));
  }

  private LabelledArray interval() {
    int given = call.arguments().size();
    LabelledArray x = argument("ci(x, 0.95)", given == 1 ? 1 : 2);
    return Bootstrap.interval(x, axes(x).reduced(), given == 1 ? 0.95 : fraction(1));
  }

  private LabelledArray arg(int sign) {
    LabelledArray x = argument(name + "(x by layer, pos)", 1);
    Named named = axes(x);
    LabelledArray searched = call.by().isEmpty() ? x : Reducing.mean(x, named.reduced());
    return Extremes.arg(
        call.span(), searched, call.by().isEmpty() ? named.reduced() : named.kept(), sign);
  }

  private LabelledArray top() {
    LabelledArray x = argument("topk(x, 5 by layer, head)", 2);
    double k = evaluation.number(call.arguments().get(1), "how many of the largest");
    if (k != Math.rint(k) || k < 1 || k > Integer.MAX_VALUE) {
      throw Problems.error(
          "metric.range",
          call.arguments().get(1).span(),
          "the number of largest entries has to be a whole number from 1",
          "write how many to list, such as 5");
    }
    if (!call.over().isEmpty()) {
      throw Problems.arity(call.span(), "topk(x, 5 by layer, head)");
    }
    return Extremes.top(call.by().isEmpty() ? x : Reducing.mean(x, axes(x).reduced()), (int) k);
  }

  private double fraction(int argument) {
    double value = evaluation.number(call.arguments().get(argument), "a share");
    if (!(value >= 0 && value <= 1)) {
      throw Problems.error(
          "metric.range",
          call.arguments().get(argument).span(),
          "this has to lie between 0 and 1",
          "write `%s(x, 0.95)`".formatted(name));
    }
    return value;
  }

  private LabelledArray elementwise() {
    if (!call.over().isEmpty() || !call.by().isEmpty()) {
      throw Problems.error(
          "metric.not-reduction",
          call.span(),
          "`%s` of every entry reduces nothing".formatted(name),
          "leave `over` and `by` away, or reduce outside: `mean(%s(...) over ...)`"
              .formatted(name));
    }
    if (name.equals("min") || name.equals("max")) {
      ToDoubleFunction<double[]> f = simple();
      return Broadcast.combine(
          call.span(), call.arguments().stream().map(evaluation::of).toList(), f);
    }
    DoubleUnaryOperator f =
        switch (name) {
          case "exp" -> Math::exp;
          case "log" -> Math::log;
          case "abs" -> Math::abs;
          case "sqrt" -> Math::sqrt;
          case "round" -> Math::rint;
          default -> throw new IllegalStateException(name);
        };
    return argument(name + "(x)", 1).map(f);
  }

  /** The first argument, after a check of how many there are. */
  private LabelledArray argument(String form, int arguments) {
    if (call.arguments().size() != arguments) {
      throw Problems.arity(call.span(), form);
    }
    return evaluation.of(call.arguments().get(0));
  }

  private record Named(Set<String> reduced, Set<String> kept) {}

  /** Which axes of the argument go and which stay. */
  private Named axes(LabelledArray x) {
    Set<String> all = new LinkedHashSet<>();
    x.axes().forEach(a -> all.add(a.name()));
    List<Expr.Axes> listed = call.over().isEmpty() ? call.by() : call.over();
    Set<String> named = new LinkedHashSet<>();
    for (Expr.Axes axis : listed) {
      String wanted = axis.name().text();
      if (!all.contains(wanted) || axis.column().isPresent()) {
        throw Problems.unknownAxis(axis.span(), wanted, x);
      }
      named.add(wanted);
    }
    Set<String> others = new LinkedHashSet<>(all);
    others.removeAll(named);
    if (listed.isEmpty()) {
      return new Named(all, Set.of());
    }
    return call.by().isEmpty() ? new Named(named, others) : new Named(others, named);
  }
}
