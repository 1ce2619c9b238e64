package org.intervene.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.intervene.ast.DataRef;
import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Word;

/** Expressions and sites as documents, with no more parentheses than they need. */
final class ExprDocs {
  private static final int INDENT = 4;

  private ExprDocs() {}

  /** How tightly a form of expression binds, loosest first. */
  private enum Level {
    CONDITIONAL,
    OR,
    AND,
    NOT,
    COMPARISON,
    SUM,
    PRODUCT,
    MINUS,
    POSTFIX;

    Level next() {
      return values()[ordinal() + 1];
    }
  }

  static Doc expression(Expr expr) {
    return at(expr, Level.CONDITIONAL);
  }

  /** A number or other value where an `if` or a comparison needs parentheses. */
  static Doc sum(Expr expr) {
    return at(expr, Level.SUM);
  }

  private static Doc at(Expr expr, Level level) {
    Doc doc = bare(expr);
    return level(expr).compareTo(level) < 0 ? parenthesised(doc) : doc;
  }

  static Doc parenthesised(Doc inside) {
    return Doc.group("(", Doc.nest(INDENT, Doc.of(Doc.SOFT, inside)), Doc.SOFT, ")");
  }

  private static Level level(Expr expr) {
    if (expr instanceof Expr.If) {
      return Level.CONDITIONAL;
    } else if (expr instanceof Expr.Unary unary) {
      return unary.operator() == Operator.NOT ? Level.NOT : Level.MINUS;
    } else if (expr instanceof Expr.Binary binary) {
      return level(binary.operator());
    } else if (expr instanceof Expr.Number number && isNegative(number)) {
      return Level.MINUS;
    }
    return Level.POSTFIX;
  }

  private static boolean isNegative(Expr.Number number) {
    return number.value() < 0 || (number.value() == 0 && 1 / number.value() < 0);
  }

  private static Level level(Operator operator) {
    return switch (operator) {
      case OR -> Level.OR;
      case AND -> Level.AND;
      case NOT -> Level.NOT;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> Level.COMPARISON;
      case ADD, SUBTRACT -> Level.SUM;
      case MULTIPLY, DIVIDE -> Level.PRODUCT;
    };
  }

  private static Doc bare(Expr expr) {
    if (expr instanceof Expr.Number number) {
      return Doc.text(NumberText.of(number.value()));
    } else if (expr instanceof Expr.Text text) {
      return Doc.text(Quotes.dsl(text.text()));
    } else if (expr instanceof Expr.Name name) {
      return Doc.text(name.name());
    } else if (expr instanceof Expr.Path path) {
      return Doc.text(path.parts().stream().map(Word::text).collect(Collectors.joining(".")));
    } else if (expr instanceof Expr.Slot slot) {
      return Doc.text("{" + slot.name() + "}");
    } else if (expr instanceof Expr.Listing listing) {
      return bracketed("[", listing.items().stream().map(ExprDocs::expression).toList(), "]");
    } else if (expr instanceof Expr.Unary unary) {
      boolean not = unary.operator() == Operator.NOT;
      return Doc.of(not ? "not " : "-", at(unary.operand(), not ? Level.NOT : Level.MINUS));
    } else if (expr instanceof Expr.Binary binary) {
      return binary(binary);
    } else if (expr instanceof Expr.If choice) {
      return Doc.group(
          "if ",
          at(choice.condition(), Level.OR),
          Doc.nest(INDENT, Doc.of(Doc.LINE, "then ", at(choice.yes(), Level.OR))),
          Doc.nest(INDENT, Doc.of(Doc.LINE, "else ", expression(choice.no()))));
    } else if (expr instanceof Expr.Call call) {
      return call(call);
    } else if (expr instanceof Expr.At coordinates) {
      return Doc.of(
          at(coordinates.target(), Level.POSTFIX),
          bracketed(
              "[", coordinates.coordinates().stream().map(ExprDocs::coordinate).toList(), "]"));
    } else if (expr instanceof Expr.Slice slice) {
      return site(slice.site());
    } else if (expr instanceof Expr.FileTensor file) {
      return Doc.text("file " + Quotes.dsl(file.path().text()));
    }
    Expr.RandomLike random = (Expr.RandomLike) expr;
    return Doc.of("random like " + random.like() + " seed ", SelectionDocs.tight(random.seed()));
  }

  /** Operators of one level that follow each other are broken together. */
  private static Doc binary(Expr.Binary binary) {
    Level level = level(binary.operator());
    boolean chains = level != Level.COMPARISON;
    List<Doc> rest = new ArrayList<>();
    Expr left = binary;
    while (left instanceof Expr.Binary inner
        && level(inner.operator()) == level
        && (chains || left == binary)) {
      Doc right = at(inner.right(), level.next());
      rest.add(0, Doc.of(Doc.LINE, inner.operator().spelled() + " ", right));
      left = inner.left();
    }
    Doc first = at(left, chains ? level : level.next());
    return Doc.group(first, Doc.nest(INDENT, Doc.of(rest.toArray())));
  }

  private static Doc call(Expr.Call call) {
    Doc arguments = Doc.join(",", call.arguments().stream().map(ExprDocs::expression).toList());
    boolean over = !call.over().isEmpty();
    List<Expr.Axes> axes = over ? call.over() : call.by();
    Object reduction = "";
    if (!axes.isEmpty()) {
      String names = axes.stream().map(ExprDocs::axes).collect(Collectors.joining(", "));
      reduction =
          Doc.of(call.arguments().isEmpty() ? "" : Doc.LINE, (over ? "over " : "by ") + names);
    }
    Doc inside = Doc.of(arguments, reduction);
    boolean empty = call.arguments().isEmpty() && axes.isEmpty();
    Doc called =
        empty
            ? Doc.text("()")
            : Doc.group("(", Doc.nest(INDENT, Doc.of(Doc.SOFT, inside)), Doc.SOFT, ")");
    Object at = call.at().map(pick -> Doc.of(" @ ", SelectionDocs.pick(pick))).orElse(Doc.text(""));
    return Doc.of(call.function().text(), called, at);
  }

  private static String axes(Expr.Axes axes) {
    return axes.name() + axes.column().map(column -> "." + column).orElse("");
  }

  private static Doc coordinate(Expr.Coordinate coordinate) {
    return Doc.of(coordinate.axis() + "=", expression(coordinate.value()));
  }

  static Doc bracketed(String open, List<Doc> items, String close) {
    return items.isEmpty()
        ? Doc.text(open + close)
        : Doc.group(
            open, Doc.nest(INDENT, Doc.of(Doc.SOFT, Doc.fill(",", items))), Doc.SOFT, close);
  }

  static Doc site(SiteRef site) {
    List<Object> parts = new ArrayList<>();
    parts.add(site.name().text());
    for (SiteRef.AxisRef axis : site.axes()) {
      parts.add(axis.name().map(name -> "." + name).orElse(""));
      parts.add(SelectionDocs.bracketed(axis.selection()));
    }
    site.at().ifPresent(at -> parts.add(Doc.of(" @ ", SelectionDocs.pick(at))));
    site.from().ifPresent(from -> parts.add(Doc.of(" <- ", SelectionDocs.pick(from))));
    return Doc.of(parts.toArray());
  }

  static String dataRef(DataRef data) {
    Optional<Word> column = data.column();
    return data.data() + column.map(name -> "." + name).orElse("");
  }
}
