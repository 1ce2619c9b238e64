package org.intervene.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/** Short ways to write expressions in tests. */
final class Written {
  private Written() {}

  static Expr number(double value) {
    return new Expr.Number(Span.NONE, value);
  }

  static Expr name(String name) {
    return new Expr.Name(Span.NONE, name);
  }

  static Expr path(String run, String metric) {
    return new Expr.Path(Span.NONE, List.of(word(run), word(metric)));
  }

  static Expr text(String text) {
    return new Expr.Text(Span.NONE, text);
  }

  static Expr listing(double... values) {
    return new Expr.Listing(Span.NONE, Arrays.stream(values).mapToObj(Written::number).toList());
  }

  static Expr binary(Expr left, Expr.Operator operator, Expr right) {
    return new Expr.Binary(Span.NONE, operator, left, right);
  }

  static Expr minus(Expr left, Expr right) {
    return binary(left, Expr.Operator.SUBTRACT, right);
  }

  static Expr.Call call(String function, Expr... arguments) {
    return over(function, List.of(), arguments);
  }

  static Expr.Call over(String function, List<String> axes, Expr... arguments) {
    return new Expr.Call(
        Span.NONE, word(function), List.of(arguments), axes(axes), List.of(), Optional.empty());
  }

  static Expr.Call by(String function, List<String> axes, Expr... arguments) {
    return new Expr.Call(
        Span.NONE, word(function), List.of(arguments), List.of(), axes(axes), Optional.empty());
  }

  static Expr at(Expr target, String axis, Expr value) {
    return new Expr.At(
        Span.NONE, target, List.of(new Expr.Coordinate(Span.NONE, word(axis), value)));
  }

  static Word word(String text) {
    return new Word(Span.NONE, text);
  }

  private static List<Expr.Axes> axes(List<String> names) {
    return names.stream()
        .map(name -> new Expr.Axes(Span.NONE, word(name), Optional.empty()))
        .toList();
  }
}
