package org.intervene.metric;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.ast.Expr;

/**
 * Picks entries: {@code patched.restored[layer=3, pos=last]}. A coordinate is a label, one of the
 * axis's numbers, a negative index counted from the end, or {@code last}: the last entry that
 * exists, for each example its own.
 */
final class Coordinates {
  private final Evaluation evaluation;
  private final Environment environment;

  Coordinates(Evaluation evaluation, Environment environment) {
    this.evaluation = evaluation;
    this.environment = environment;
  }

  LabelledArray of(Expr.At at) {
    LabelledArray x = evaluation.of(at.target());
    for (Expr.Coordinate coordinate : at.coordinates()) {
      String name = coordinate.axis().text();
      LabelledArray array = x;
      ArrayAxis axis =
          x.axis(name)
              .orElseThrow(() -> Problems.unknownAxis(coordinate.axis().span(), name, array));
      x = pick(x, axis, coordinate.value());
    }
    return x;
  }

  private LabelledArray pick(LabelledArray x, ArrayAxis axis, Expr value) {
    int labelled = axis.labels().indexOf(label(value));
    if (labelled >= 0) {
      return Reducing.at(x, axis, labelled);
    }
    if (value instanceof Expr.Name name && name.name().equals("last")) {
      return Reducing.last(x, axis);
    }
    boolean number =
        !(value instanceof Expr.Text || value instanceof Expr.Path)
            && !(value instanceof Expr.Name name && environment.name(name).isEmpty());
    int index = number ? indexOf(axis, evaluation.number(value, "a coordinate")) : -1;
    if (index < 0) {
      throw Problems.error(
          "metric.no-coordinate",
          value.span(),
          "the axis `%s` has no such entry".formatted(axis.name()),
          "it has "
              + axis.labels().stream().limit(12).collect(Collectors.joining(", "))
              + (axis.size() > 12 ? ", ... " + axis.labels().get(axis.size() - 1) : ""));
    }
    return Reducing.at(x, axis, index);
  }

  private static int indexOf(ArrayAxis axis, double value) {
    int index = axis.indexOf(value);
    boolean counts =
        IntStream.range(0, axis.size()).allMatch(i -> axis.values().get(i) == (double) i);
    return index < 0 && counts && value == Math.rint(value) && value < 0
        ? (int) Math.max(-1, axis.size() + value)
        : index;
  }

  private static String label(Expr value) {
    if (value instanceof Expr.Text text) {
      return text.text();
    } else if (value instanceof Expr.Name name) {
      return name.name();
    } else if (value instanceof Expr.Path path) {
      return path.parts().stream().map(Object::toString).collect(Collectors.joining("."));
    }
    return "";
  }
}
