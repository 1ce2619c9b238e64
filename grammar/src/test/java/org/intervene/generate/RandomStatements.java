package org.intervene.generate;

import org.intervene.ast.DataRef;
import org.intervene.ast.Edit;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;
import org.intervene.diagnostic.Span;

/** Statements of every kind. */
final class RandomStatements {
  private final RandomWords words;
  private final RandomExprs exprs;

  RandomStatements(RandomWords words, RandomExprs exprs) {
    this.words = words;
    this.exprs = exprs;
  }

  Statement statement() {
    return switch (words.random().nextInt(8)) {
      case 0 -> new Statement.Collect(Span.NONE, site(), words.name());
      case 1 -> new Edit.Except(Span.NONE, edit(), words.several(1, 3, this::site));
      default -> edit();
    };
  }

  private SiteRef site() {
    return exprs.site(2);
  }

  private DataRef data() {
    return new DataRef(Span.NONE, words.name(), words.maybe(words::dotted));
  }

  private Edit edit() {
    return words.<Edit>one(
        () -> new Edit.Zero(Span.NONE, site()),
        () ->
            new Edit.Mean(Span.NONE, site(), data(), words.maybe(() -> words.of(Edit.By.values()))),
        () -> new Edit.Resample(Span.NONE, site(), data(), exprs.expr(1)),
        () -> new Edit.Patch(Span.NONE, site(), words.name(), words.maybe(this::site)),
        () -> new Edit.AddRun(Span.NONE, site(), words.name()),
        () -> new Edit.SubtractRun(Span.NONE, site(), words.name()),
        () -> new Edit.Steer(Span.NONE, site(), exprs.expr(2)),
        () -> new Edit.Scale(Span.NONE, site(), exprs.expr(2)),
        () -> new Edit.Set(Span.NONE, site(), exprs.expr(2)),
        () -> new Edit.Noise(Span.NONE, site(), exprs.expr(2), exprs.expr(1)),
        () -> new Edit.Ablate(Span.NONE, site(), exprs.expr(2)),
        () -> new Edit.Clamp(Span.NONE, site(), exprs.expr(2), exprs.expr(2)),
        () -> new Edit.KnockOut(Span.NONE, site()),
        () -> new Edit.Freeze(Span.NONE, site(), words.name()),
        () -> new Edit.Skip(Span.NONE, words.of(Edit.Part.values()), exprs.selection(1)));
  }
}
