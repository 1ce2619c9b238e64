package org.intervene.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.Expr;
import org.intervene.ast.Expr.Operator;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.SiteRef;
import org.intervene.ast.SiteRef.AxisRef;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/** Expressions, selections and sites of every form. */
final class RandomExprs {
  private static final List<Operator> BINARY =
      List.of(Operator.values()).stream().filter(o -> o != Operator.NOT).toList();
  private static final List<String> AXES = List.of("head", "unit", "expert", "feature", "kv_head");

  private final RandomWords words;

  RandomExprs(RandomWords words) {
    this.words = words;
  }

  Expr expr(int depth) {
    if (depth <= 0) {
      return leaf();
    }
    return switch (words.random().nextInt(12)) {
      case 0, 1 -> leaf();
      case 2 -> new Expr.Listing(Span.NONE, words.several(0, 4, () -> expr(depth - 1)));
      case 3 -> new Expr.Unary(Span.NONE, Operator.SUBTRACT, expr(depth - 1));
      case 4 -> new Expr.Unary(Span.NONE, Operator.NOT, expr(depth - 1));
      case 5, 6, 7 ->
          new Expr.Binary(Span.NONE, words.of(BINARY), expr(depth - 1), expr(depth - 1));
      case 8 -> new Expr.If(Span.NONE, expr(depth - 1), expr(depth - 1), expr(depth - 1));
      case 9 -> call(depth - 1);
      case 10 ->
          new Expr.At(
              Span.NONE,
              expr(depth - 1),
              words.several(
                  1, 3, () -> new Expr.Coordinate(Span.NONE, words.name(), expr(depth - 1))));
      default -> new Expr.Slice(Span.NONE, slice(depth - 1));
    };
  }

  private Expr leaf() {
    return words.one(
        this::number,
        this::number,
        () -> new Expr.Text(Span.NONE, words.plainText()),
        this::name,
        this::name,
        this::path,
        () -> new Expr.Slot(Span.NONE, words.plainName()),
        () -> new Expr.FileTensor(Span.NONE, words.text()),
        () -> new Expr.RandomLike(Span.NONE, words.name(), number()));
  }

  Expr number() {
    return new Expr.Number(Span.NONE, words.number());
  }

  private Expr name() {
    return new Expr.Name(Span.NONE, words.plainName());
  }

  /** Two numbers never follow each other: together they would be one. */
  private Expr path() {
    List<Word> parts = new ArrayList<>();
    parts.add(words.name());
    if (words.random().nextInt(3) == 0) {
      parts.add(words.word("11"));
    }
    parts.add(words.name());
    return new Expr.Path(Span.NONE, parts);
  }

  private Expr call(int depth) {
    List<Expr.Axes> axes =
        words.several(
            1, 3, () -> new Expr.Axes(Span.NONE, words.name(), words.maybe(words::dotted)));
    int reduction = words.random().nextInt(4);
    return new Expr.Call(
        Span.NONE,
        words.name(),
        words.several(0, 3, () -> expr(depth)),
        reduction == 0 ? axes : List.of(),
        reduction == 1 ? axes : List.of(),
        words.maybe(() -> selection(depth)));
  }

  Selection selection(int depth) {
    List<Pick> picks = words.several(1, 3, () -> pick(depth));
    return new Selection(Span.NONE, picks);
  }

  private Pick pick(int depth) {
    return words.one(
        () -> new Pick.All(Span.NONE),
        () -> new Pick.One(index(depth)),
        () -> new Pick.One(index(0)),
        () -> new Pick.Range(Span.NONE, index(depth), index(0)));
  }

  /** What may be an index: mostly simple values and sums, sometimes any expression. */
  private Expr index(int depth) {
    if (depth > 0 && words.random().nextInt(6) == 0) {
      Expr any = expr(depth - 1);
      return any instanceof Expr.Listing ? index(0) : any;
    }
    Expr value = words.one(this::number, this::name, this::path, this::negative);
    List<Operator> arithmetic =
        List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE);
    return depth > 0 && words.random().nextInt(3) == 0
        ? new Expr.Binary(Span.NONE, words.of(arithmetic), value, index(depth - 1))
        : value;
  }

  private Expr negative() {
    return new Expr.Unary(Span.NONE, Operator.SUBTRACT, number());
  }

  SiteRef site(int depth) {
    String name = words.plainName();
    if (words.random().nextInt(5) == 0) {
      name = "blocks.11." + (AXES.contains(name) ? "attn" : name);
    }
    List<AxisRef> axes = axes(depth);
    Optional<Selection> at = words.maybe(() -> selection(depth));
    Optional<Selection> from = at.flatMap(ignored -> words.maybe(() -> selection(depth)));
    return new SiteRef(Span.NONE, words.word(name), axes, at, from);
  }

  /** A site as an expression: without brackets and position it would be a name. */
  private SiteRef slice(int depth) {
    SiteRef site = site(depth);
    return site.axes().isEmpty() && site.at().isEmpty()
        ? new SiteRef(
            Span.NONE, site.name(), site.axes(), Optional.of(selection(depth)), site.from())
        : site;
  }

  private List<AxisRef> axes(int depth) {
    AxisRef layer = new AxisRef(Span.NONE, Optional.empty(), selection(depth));
    AxisRef named =
        new AxisRef(Span.NONE, Optional.of(words.word(words.of(AXES))), selection(depth));
    return switch (words.random().nextInt(4)) {
      case 0 -> List.of();
      case 1 -> List.of(layer);
      case 2 -> List.of(named);
      default -> List.of(layer, named);
    };
  }
}
