package org.intervene.metric;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.intervene.ast.Expr;
import org.intervene.ast.Spec;

/** Checks what the author expected, and says what was seen instead. */
public final class Expectations {
  private static final Set<Expr.Operator> COMPARISONS =
      Set.of(
          Expr.Operator.LESS,
          Expr.Operator.LESS_OR_EQUAL,
          Expr.Operator.GREATER,
          Expr.Operator.GREATER_OR_EQUAL,
          Expr.Operator.EQUAL,
          Expr.Operator.NOT_EQUAL);

  private final MetricTables tables;
  private final Function<Expr, String> printer;

  /**
   * @param printer writes an expression as a spec would
   */
  public Expectations(MetricTables tables, Function<Expr, String> printer) {
    this.tables = tables;
    this.printer = printer;
  }

  /** Every expectation of a spec, in written order. */
  public List<Expectation> of(Spec spec) {
    return spec.expects().stream()
        .map(
            clause ->
                new Expectation(
                    clause.span(),
                    printer.apply(clause.condition()),
                    Evaluation.holds(tables.value(clause.condition())),
                    seen(clause.condition())))
        .toList();
  }

  private String seen(Expr condition) {
    if (condition instanceof Expr.Binary binary) {
      if (COMPARISONS.contains(binary.operator())) {
        return compared(binary);
      } else if (binary.operator() == Expr.Operator.AND || binary.operator() == Expr.Operator.OR) {
        return seen(binary.left()) + ", " + seen(binary.right());
      }
    } else if (condition instanceof Expr.Unary unary && unary.operator() == Expr.Operator.NOT) {
      return seen(unary.operand());
    }
    return value(condition);
  }

  private String compared(Expr.Binary binary) {
    LabelledArray holds = tables.value(binary);
    LabelledArray left = tables.value(binary.left());
    String against =
        binary.right() instanceof Expr.Number || binary.right() instanceof Expr.Listing
            ? ""
            : " against " + value(binary.right());
    if (left.isScalar() || holds.axes().size() != left.axes().size() || !spread(left)) {
      return value(binary.left()) + against;
    }
    return failing(holds, left) + against;
  }

  /** Whether an array is worth pointing into: not a list of coordinates. */
  private static boolean spread(LabelledArray x) {
    return x.axes().stream().noneMatch(a -> a.name().equals(ArrayAxis.INDEX));
  }

  /** The first entry for which a comparison fails, and how many do. */
  private static String failing(LabelledArray holds, LabelledArray left) {
    int[] places = left.placesAlong(holds.axes());
    int[] failing =
        IntStream.range(0, holds.size())
            .filter(i -> holds.isPresent(i) && !(holds.at(i) == 1))
            .toArray();
    if (failing.length == 0) {
      return range(left);
    }
    String where = Extremes.where(holds, failing[0]);
    return Shown.number(left.at(places[failing[0]]))
        + (where.isEmpty() ? "" : " at " + where)
        + " (%d of %d fail)".formatted(failing.length, holds.presentValues().length);
  }

  private String value(Expr expr) {
    LabelledArray x = tables.value(expr);
    if (x.isScalar()) {
      return Shown.number(x.at(0)) + place(expr, x).map(p -> " at " + p).orElse("");
    }
    return spread(x) && x.size() > 4 ? range(x) : listed(x);
  }

  private static String listed(LabelledArray x) {
    List<String> entries =
        IntStream.range(0, x.size())
            .filter(x::isPresent)
            .mapToObj(i -> Shown.number(x.at(i)))
            .toList();
    return "[" + String.join(", ", entries) + "]";
  }

  private static String range(LabelledArray x) {
    double[] values = x.presentValues();
    return values.length == 0
        ? "nothing"
        : Shown.number(Statistics.min(values)) + " to " + Shown.number(Statistics.max(values));
  }

  /** Where a {@code max} or {@code min} found its value. */
  private Optional<String> place(Expr expr, LabelledArray found) {
    if (!(expr instanceof Expr.Call call
        && call.arguments().size() == 1
        && Set.of("max", "min").contains(call.function().text()))) {
      return Optional.empty();
    }
    LabelledArray x = tables.value(call.arguments().get(0));
    return IntStream.range(0, x.size())
        .filter(i -> x.isPresent(i) && Double.compare(x.at(i), found.at(0)) == 0)
        .mapToObj(i -> Extremes.where(x, i))
        .filter(where -> !where.isEmpty())
        .findFirst();
  }
}
