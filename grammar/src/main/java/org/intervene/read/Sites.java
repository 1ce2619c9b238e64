package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.SiteRef;
import org.intervene.ast.SiteRef.AxisRef;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.AtomContext;
import org.intervene.read.IvnParser.AxesContext;
import org.intervene.read.IvnParser.ChoiceContext;
import org.intervene.read.IvnParser.IndexContext;
import org.intervene.read.IvnParser.IndexTermContext;
import org.intervene.read.IvnParser.PartContext;
import org.intervene.read.IvnParser.PickContext;
import org.intervene.read.IvnParser.PicksContext;
import org.intervene.read.IvnParser.PlaceContext;
import org.intervene.read.IvnParser.SiteContext;
import org.intervene.read.IvnParser.SourceSiteContext;
import org.intervene.read.IvnParser.TightContext;

/** Builds sites and selections from their parse trees. */
final class Sites {
  /**
   * Axes that may follow a site's name directly where the site has no layers: {@code
   * logits.unit[3]}.
   */
  private static final Set<String> AXES = Set.of("head", "kv_head", "unit", "expert", "feature");

  private final Places places;
  private final Expressions expressions;

  Sites(Places places, Expressions expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  SiteRef site(SiteContext tree) {
    List<Token> parts = new ArrayList<>();
    parts.add(tree.siteName().name().getStart());
    tree.siteName().part().forEach(part -> parts.add(part.getStart()));
    return site(tree, parts, tree.axes(), tree.place());
  }

  /** The other site of {@code patch S from RUN S2}. */
  SiteRef site(SourceSiteContext tree) {
    List<Token> parts = new ArrayList<>();
    parts.add(tree.siteWord().getStart());
    tree.part().forEach(part -> parts.add(part.getStart()));
    return site(tree, parts, tree.axes(), tree.place());
  }

  private SiteRef site(
      ParserRuleContext tree, List<Token> parts, AxesContext axes, PlaceContext place) {
    int named = parts.size();
    Optional<Word> firstAxis = Optional.empty();
    Token last = parts.get(named - 1);
    if (axes != null && named > 1 && AXES.contains(last.getText())) {
      named--;
      firstAxis = Optional.of(new Word(places.at(last), last.getText()));
    }
    String name = String.join(".", parts.subList(0, named).stream().map(Token::getText).toList());
    Token end = axes != null ? axes.getStop() : parts.get(named - 1);
    Word word = new Word(places.between(parts.get(0), end), name);
    Optional<Selection> at = Optional.ofNullable(place).map(p -> pick(p.pick(0)));
    Optional<Selection> from =
        Optional.ofNullable(place).filter(p -> p.pick().size() > 1).map(p -> pick(p.pick(1)));
    return new SiteRef(places.at(tree), word, axes(axes, firstAxis), at, from);
  }

  private List<AxisRef> axes(AxesContext tree, Optional<Word> first) {
    if (tree == null) {
      return List.of();
    }
    List<AxisRef> axes = new ArrayList<>();
    Span bracket = places.between(tree.LBRACK().getSymbol(), tree.RBRACK().getSymbol());
    Span span = first.map(word -> word.span().to(bracket)).orElse(bracket);
    axes.add(new AxisRef(span, first, picks(tree.picks())));
    tree.axis()
        .forEach(
            axis ->
                axes.add(
                    new AxisRef(
                        places.at(axis),
                        Optional.of(places.name(axis.name())),
                        picks(axis.picks()))));
    return axes;
  }

  /** What follows {@code @}. */
  Selection pick(PickContext tree) {
    Span span = places.at(tree);
    if (tree.picks() != null) {
      return new Selection(span, all(tree.picks()).toList());
    } else if (tree.ALL() != null) {
      return new Selection(span, List.of(new Pick.All(span)));
    }
    Expr first = tight(tree.tight(0));
    return new Selection(
        span,
        List.of(
            tree.tight().size() == 1
                ? new Pick.One(first)
                : new Pick.Range(span, first, tight(tree.tight(1)))));
  }

  /** What stands in brackets. */
  Selection picks(PicksContext tree) {
    return new Selection(places.at(tree), all(tree).toList());
  }

  /** What stands alone, as in {@code layer in 0..5}. */
  Selection choice(ChoiceContext tree) {
    return new Selection(places.at(tree), one(tree).toList());
  }

  private Stream<Pick> all(PicksContext tree) {
    return tree.choice().stream().flatMap(this::one);
  }

  private Stream<Pick> one(ChoiceContext tree) {
    Span span = places.at(tree);
    if (tree.picks() != null) {
      return all(tree.picks());
    } else if (tree.ALL() != null) {
      return Stream.of(new Pick.All(span));
    }
    Expr first = index(tree.index(0));
    return Stream.of(
        tree.index().size() == 1
            ? new Pick.One(first)
            : new Pick.Range(span, first, index(tree.index(1))));
  }

  private Expr index(IndexContext tree) {
    Expr left = term(tree.indexTerm(0));
    for (int i = 1; i < tree.indexTerm().size(); i++) {
      Operator operator = Expressions.operator(tree, 2 * i - 1);
      left = expressions.binary(tree, operator, left, term(tree.indexTerm(i)));
    }
    return left;
  }

  private Expr term(IndexTermContext tree) {
    Expr left = tight(tree.tight(0));
    for (int i = 1; i < tree.tight().size(); i++) {
      Operator operator = Expressions.operator(tree, 2 * i - 1);
      left = expressions.binary(tree, operator, left, tight(tree.tight(i)));
    }
    return left;
  }

  Expr tight(TightContext tree) {
    if (tree.atom() != null) {
      return atom(tree.atom());
    }
    expressions.count(tree);
    return new Expr.Unary(places.at(tree), Operator.SUBTRACT, tight(tree.tight()));
  }

  private Expr atom(AtomContext tree) {
    Span span = places.at(tree);
    if (tree.number() != null) {
      return new Expr.Number(span, places.number(tree.number()));
    } else if (tree.text() != null) {
      return new Expr.Text(span, places.text(tree.text()).text());
    } else if (tree.slot() != null) {
      return new Expr.Slot(span, tree.slot().name().getText());
    } else if (tree.expr() != null) {
      return expressions.expr(tree.expr());
    }
    return named(tree.path(), tree.path().name(), tree.path().part());
  }

  Expr named(ParserRuleContext tree, IvnParser.NameContext first, List<PartContext> rest) {
    if (rest.isEmpty()) {
      return new Expr.Name(places.at(tree), first.getText());
    }
    List<Word> parts = new ArrayList<>();
    parts.add(places.name(first));
    rest.forEach(part -> parts.add(new Word(places.at(part), part.getText())));
    return new Expr.Path(places.at(tree), parts);
  }
}
