package org.intervene.read;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.ast.DataRef;
import org.intervene.ast.Edit;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.DataRefContext;
import org.intervene.read.IvnParser.SiteContext;

/** Builds the lines of a run's body from their parse trees. */
final class Statements extends IvnParserBaseVisitor<Statement> {
  private final Places places;
  private final Expressions expressions;

  Statements(Places places, Expressions expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  Statement statement(IvnParser.StatementContext tree) {
    expressions.begin();
    return visit(tree);
  }

  DataRef dataRef(DataRefContext tree) {
    Optional<Word> column = Optional.ofNullable(tree.dotted()).map(places::dotted);
    return new DataRef(places.at(tree), places.name(tree.name()), column);
  }

  private SiteRef site(SiteContext tree) {
    return expressions.sites().site(tree);
  }

  @Override
  public Statement visitEditing(IvnParser.EditingContext tree) {
    Edit edit = (Edit) visit(tree.edit());
    List<SiteRef> excluded = tree.site().stream().map(this::site).toList();
    return excluded.isEmpty() ? edit : new Edit.Except(places.at(tree), edit, excluded);
  }

  @Override
  public Statement visitCollecting(IvnParser.CollectingContext tree) {
    return new Statement.Collect(places.at(tree), site(tree.site()), places.name(tree.name()));
  }

  @Override
  public Statement visitZero(IvnParser.ZeroContext tree) {
    return new Edit.Zero(places.at(tree), site(tree.site()));
  }

  @Override
  public Statement visitMean(IvnParser.MeanContext tree) {
    Optional<Edit.By> by =
        Optional.ofNullable(tree.name()).flatMap(name -> word(places.name(name), Edit.By.values()));
    return new Edit.Mean(places.at(tree), site(tree.site()), dataRef(tree.dataRef()), by);
  }

  @Override
  public Statement visitResample(IvnParser.ResampleContext tree) {
    return new Edit.Resample(
        places.at(tree), site(tree.site()), dataRef(tree.dataRef()), expressions.expr(tree.expr()));
  }

  @Override
  public Statement visitPatch(IvnParser.PatchContext tree) {
    Optional<SiteRef> source =
        tree.sourceSite() != null
            ? Optional.of(expressions.sites().site(tree.sourceSite()))
            : Optional.ofNullable(tree.site(1)).map(this::site);
    return new Edit.Patch(places.at(tree), site(tree.site(0)), places.name(tree.name()), source);
  }

  @Override
  public Statement visitAddRun(IvnParser.AddRunContext tree) {
    return new Edit.AddRun(places.at(tree), site(tree.site()), places.name(tree.name()));
  }

  @Override
  public Statement visitSubtractRun(IvnParser.SubtractRunContext tree) {
    return new Edit.SubtractRun(places.at(tree), site(tree.site()), places.name(tree.name()));
  }

  @Override
  public Statement visitSteer(IvnParser.SteerContext tree) {
    return new Edit.Steer(places.at(tree), site(tree.site()), expressions.expr(tree.expr()));
  }

  @Override
  public Statement visitScale(IvnParser.ScaleContext tree) {
    return new Edit.Scale(places.at(tree), site(tree.site()), expressions.expr(tree.expr()));
  }

  @Override
  public Statement visitSet(IvnParser.SetContext tree) {
    return new Edit.Set(places.at(tree), site(tree.site()), expressions.expr(tree.expr()));
  }

  @Override
  public Statement visitNoise(IvnParser.NoiseContext tree) {
    return new Edit.Noise(
        places.at(tree),
        site(tree.site()),
        expressions.expr(tree.expr(0)),
        expressions.expr(tree.expr(1)));
  }

  @Override
  public Statement visitAblate(IvnParser.AblateContext tree) {
    return new Edit.Ablate(places.at(tree), site(tree.site()), expressions.expr(tree.expr()));
  }

  @Override
  public Statement visitClamp(IvnParser.ClampContext tree) {
    return new Edit.Clamp(
        places.at(tree),
        site(tree.site()),
        expressions.sum(tree.sum(0)),
        expressions.sum(tree.sum(1)));
  }

  @Override
  public Statement visitKnockOut(IvnParser.KnockOutContext tree) {
    return new Edit.KnockOut(places.at(tree), site(tree.site()));
  }

  @Override
  public Statement visitFreeze(IvnParser.FreezeContext tree) {
    return new Edit.Freeze(places.at(tree), site(tree.site()), places.name(tree.name()));
  }

  @Override
  public Statement visitSkip(IvnParser.SkipContext tree) {
    Span span = places.at(tree);
    Edit.Part part = word(places.name(tree.name()), Edit.Part.values()).orElse(Edit.Part.BLOCK);
    return new Edit.Skip(span, part, expressions.sites().picks(tree.picks()));
  }

  /** The constant that a word names, in small letters. */
  private <E extends Enum<E>> Optional<E> word(Word word, E[] constants) {
    Optional<E> found = Stream.of(constants).filter(c -> lower(c).equals(word.text())).findFirst();
    if (found.isEmpty()) {
      List<String> words = Stream.of(constants).map(Statements::lower).toList();
      places.problems().add(UnknownWord.at(word, words));
    }
    return found;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
