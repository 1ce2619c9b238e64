package org.intervene.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;

/** Parameters and token lists of a spec, as sizes, seeds and templates use them. */
final class NamedValues {
  private final Map<String, Expr> values = new LinkedHashMap<>();

  /**
   * @param overrides parameters that the command line sets
   */
  NamedValues(List<ValueClause> clauses, Map<String, Expr> overrides) {
    for (ValueClause clause : clauses) {
      if (clause.kind() == ValueClause.Kind.PARAM) {
        String name = clause.name().text();
        values.put(name, overrides.getOrDefault(name, clause.value()));
      } else if (clause.kind() == ValueClause.Kind.TOKENS) {
        values.put(clause.name().text(), clause.value());
      }
    }
  }

  /**
   * A whole number between two bounds, both included; an error if the expression is none.
   *
   * @param what what it is for, such as {@code rows}
   */
  OptionalLong whole(Expr expr, String what, long least, long most, Complaints complaints) {
    Optional<Double> number = number(expr, complaints);
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    double value = number.get();
    if (value != Math.rint(value) || value < least || value > most) {
      complaints.error(
          "data.size",
          expr.span(),
          "`%s` is %s".formatted(what, Double.toString(value).replaceFirst("\\.0$", "")),
          "write a whole number from %,d to %,d".formatted(least, most));
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) value);
  }

  private Optional<Double> number(Expr expr, Complaints complaints) {
    if (expr instanceof Expr.Number literal) {
      return Optional.of(literal.value());
    } else if (expr instanceof Expr.Unary unary && unary.operator() == Expr.Operator.SUBTRACT) {
      return number(unary.operand(), complaints).map(x -> -x);
    } else if (expr instanceof Expr.Binary binary) {
      Optional<Double> left = number(binary.left(), complaints);
      Optional<Double> right = number(binary.right(), complaints);
      return left.isEmpty() || right.isEmpty()
          ? Optional.empty()
          : applied(binary, left.get(), right.get(), complaints);
    } else if (expr instanceof Expr.Name name) {
      return named(name, complaints)
          .flatMap(
              value ->
                  value instanceof Expr.Name
                      ? notNumber(name.span(), complaints)
                      : number(value, complaints));
    }
    return notNumber(expr.span(), complaints);
  }

  private static Optional<Double> applied(
      Expr.Binary expr, double left, double right, Complaints complaints) {
    return switch (expr.operator()) {
      case ADD -> Optional.of(left + right);
      case SUBTRACT -> Optional.of(left - right);
      case MULTIPLY -> Optional.of(left * right);
      case DIVIDE -> Optional.of(left / right);
      default -> notNumber(expr.span(), complaints);
    };
  }

  private static Optional<Double> notNumber(Span span, Complaints complaints) {
    complaints.error(
        "expr.not-number",
        span,
        "this is not a number",
        "write a number, a `param`, or arithmetic on these");
    return Optional.empty();
  }

  /** The texts of a list, all different; an error if the expression is no such list. */
  Optional<List<Word>> texts(Expr expr, Complaints complaints) {
    if (expr instanceof Expr.Name name) {
      Optional<Expr> value = named(name, complaints);
      if (value.isEmpty()) {
        return Optional.empty();
      } else if (!(value.get() instanceof Expr.Name)) {
        return texts(value.get(), complaints);
      }
    }
    if (!(expr instanceof Expr.Listing listing) || listing.items().isEmpty()) {
      return notTexts(expr.span(), complaints);
    }
    List<Word> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Expr item : listing.items()) {
      if (!(item instanceof Expr.Text text)) {
        return notTexts(item.span(), complaints);
      }
      if (!seen.add(text.text())) {
        complaints.error(
            "data.duplicate-value",
            text.span(),
            Quoted.of(text.text()) + " stands twice in this list",
            "remove one of them: every value of a list is drawn equally often");
      }
      texts.add(new Word(text.span(), text.text()));
    }
    return Optional.of(texts);
  }

  private static Optional<List<Word>> notTexts(Span span, Complaints complaints) {
    complaints.error(
        "data.not-texts",
        span,
        "this is not a list of texts",
        "write [\"Mary\", \"John\"], or the name of a `tokens` list");
    return Optional.empty();
  }

  private Optional<Expr> named(Expr.Name name, Complaints complaints) {
    Expr value = values.get(name.name());
    if (value == null) {
      complaints.error(
          "name.unknown",
          name.span(),
          "nothing here is called `%s`".formatted(name.name()),
          Suggestions.didYouMean(name.name(), values.keySet())
              .orElse("declare it with `param` or `tokens`"));
    }
    return Optional.ofNullable(value);
  }
}
