package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;
import org.intervene.ast.Selection;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.CallContext;
import org.intervene.read.IvnParser.ComparisonContext;
import org.intervene.read.IvnParser.ConjunctionContext;
import org.intervene.read.IvnParser.CoordinateContext;
import org.intervene.read.IvnParser.DataRefContext;
import org.intervene.read.IvnParser.DisjunctionContext;
import org.intervene.read.IvnParser.ExprContext;
import org.intervene.read.IvnParser.InversionContext;
import org.intervene.read.IvnParser.PostfixContext;
import org.intervene.read.IvnParser.PrimaryContext;
import org.intervene.read.IvnParser.ProductContext;
import org.intervene.read.IvnParser.SiteContext;
import org.intervene.read.IvnParser.SumContext;
import org.intervene.read.IvnParser.UnaryContext;

/** Builds expressions from their parse trees. */
final class Expressions {
  /** Operators and calls in one expression: bounds how deep its syntax tree can be. */
  private static final int MOST_OPERATORS = 1_000;

  private final Places places;
  private final Sites sites;
  private int operators;

  Expressions(Places places) {
    this.places = places;
    this.sites = new Sites(places, this);
  }

  Sites sites() {
    return sites;
  }

  /** Starts the expressions of a clause or statement: the bound on operators counts anew. */
  void begin() {
    operators = 0;
  }

  Expr expr(ExprContext tree) {
    if (tree.disjunction() != null) {
      return disjunction(tree.disjunction());
    }
    count(tree);
    return new Expr.If(places.at(tree), expr(tree.expr(0)), expr(tree.expr(1)), expr(tree.expr(2)));
  }

  private Expr disjunction(DisjunctionContext tree) {
    Expr left = conjunction(tree.conjunction(0));
    for (int i = 1; i < tree.conjunction().size(); i++) {
      left = binary(tree, Operator.OR, left, conjunction(tree.conjunction(i)));
    }
    return left;
  }

  private Expr conjunction(ConjunctionContext tree) {
    Expr left = inversion(tree.inversion(0));
    for (int i = 1; i < tree.inversion().size(); i++) {
      left = binary(tree, Operator.AND, left, inversion(tree.inversion(i)));
    }
    return left;
  }

  private Expr inversion(InversionContext tree) {
    if (tree.comparison() != null) {
      return comparison(tree.comparison());
    }
    count(tree);
    return new Expr.Unary(places.at(tree), Operator.NOT, inversion(tree.inversion()));
  }

  private Expr comparison(ComparisonContext tree) {
    Expr left = sum(tree.sum(0));
    return tree.sum().size() == 1 ? left : binary(tree, operator(tree, 1), left, sum(tree.sum(1)));
  }

  Expr sum(SumContext tree) {
    Expr left = product(tree.product(0));
    for (int i = 1; i < tree.product().size(); i++) {
      left = binary(tree, operator(tree, 2 * i - 1), left, product(tree.product(i)));
    }
    return left;
  }

  private Expr product(ProductContext tree) {
    Expr left = unary(tree.unary(0));
    for (int i = 1; i < tree.unary().size(); i++) {
      left = binary(tree, operator(tree, 2 * i - 1), left, unary(tree.unary(i)));
    }
    return left;
  }

  private Expr unary(UnaryContext tree) {
    if (tree.postfix() != null) {
      return postfix(tree.postfix());
    }
    count(tree);
    return new Expr.Unary(places.at(tree), Operator.SUBTRACT, unary(tree.unary()));
  }

  private Expr postfix(PostfixContext tree) {
    Expr target = primary(tree.primary());
    for (var brackets : tree.coordinates()) {
      count(tree);
      Span span = target.span().to(places.at(brackets));
      target =
          new Expr.At(span, target, brackets.coordinate().stream().map(this::coordinate).toList());
    }
    return target;
  }

  private Expr.Coordinate coordinate(CoordinateContext tree) {
    return new Expr.Coordinate(places.at(tree), places.name(tree.name()), expr(tree.expr()));
  }

  private Expr primary(PrimaryContext tree) {
    Span span = places.at(tree);
    if (tree.number() != null) {
      return new Expr.Number(span, places.number(tree.number()));
    } else if (tree.text() != null) {
      return new Expr.Text(span, places.text(tree.text()).text());
    } else if (tree.slot() != null) {
      return new Expr.Slot(span, tree.slot().name().getText());
    } else if (tree.expr() != null) {
      return expr(tree.expr());
    } else if (tree.listing() != null) {
      return new Expr.Listing(span, tree.listing().expr().stream().map(this::expr).toList());
    } else if (tree.fileTensor() != null) {
      return new Expr.FileTensor(span, places.text(tree.fileTensor().text()));
    } else if (tree.randomLike() != null) {
      var random = tree.randomLike();
      return new Expr.RandomLike(span, places.name(random.name()), sites.tight(random.tight()));
    } else if (tree.call() != null) {
      return call(tree.call());
    }
    return reference(tree.site());
  }

  private Expr call(CallContext tree) {
    count(tree);
    List<Expr.Axes> over = new ArrayList<>();
    List<Expr.Axes> by = new ArrayList<>();
    if (tree.reduction() != null) {
      List<Expr.Axes> kept = tree.reduction().OVER() != null ? over : by;
      tree.reduction().dataRef().forEach(axes -> kept.add(axes(axes)));
    }
    Optional<Selection> at = Optional.ofNullable(tree.pick()).map(sites::pick);
    List<Expr> arguments = tree.expr().stream().map(this::expr).toList();
    return new Expr.Call(places.at(tree), places.name(tree.name()), arguments, over, by, at);
  }

  private Expr.Axes axes(DataRefContext tree) {
    Optional<Word> column = Optional.ofNullable(tree.dotted()).map(places::dotted);
    return new Expr.Axes(places.at(tree), places.name(tree.name()), column);
  }

  /** A name, a dotted name, or the slice of a site. */
  private Expr reference(SiteContext tree) {
    if (tree.axes() != null || tree.place() != null) {
      return new Expr.Slice(places.at(tree), sites.site(tree));
    }
    return sites.named(tree.siteName(), tree.siteName().name(), tree.siteName().part());
  }

  Expr binary(ParserRuleContext tree, Operator operator, Expr left, Expr right) {
    count(tree);
    return new Expr.Binary(left.span().to(right.span()), operator, left, right);
  }

  /** The operator that is a tree's child at an index. */
  static Operator operator(ParserRuleContext tree, int child) {
    Token token = ((TerminalNode) tree.getChild(child)).getSymbol();
    return switch (token.getType()) {
      case IvnLexer.PLUS -> Operator.ADD;
      case IvnLexer.MINUS -> Operator.SUBTRACT;
      case IvnLexer.STAR -> Operator.MULTIPLY;
      case IvnLexer.SLASH -> Operator.DIVIDE;
      case IvnLexer.LT -> Operator.LESS;
      case IvnLexer.LE -> Operator.LESS_OR_EQUAL;
      case IvnLexer.GT -> Operator.GREATER;
      case IvnLexer.GE -> Operator.GREATER_OR_EQUAL;
      case IvnLexer.EQ -> Operator.EQUAL;
      case IvnLexer.NE -> Operator.NOT_EQUAL;
      default -> throw new IllegalArgumentException(token.toString());
    };
  }

  void count(ParserRuleContext tree) {
    if (++operators == MOST_OPERATORS) {
      places
          .problems()
          .add(
              Ids.TOO_COMPLEX,
              places.at(tree.getStart()),
              "this expression has more than " + MOST_OPERATORS + " operators and calls",
              "split it into several metrics");
    }
    if (operators >= MOST_OPERATORS) {
      throw new TooManyOperators();
    }
  }

  /** Ends the building of a clause whose expression is out of all proportion. */
  static final class TooManyOperators extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyOperators() {
      super("too many operators", null, false, false);
    }
  }
}
