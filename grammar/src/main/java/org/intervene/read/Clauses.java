package org.intervene.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataRef;
import org.intervene.ast.DataSource;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.Expr;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.GoldenClause.Tolerance;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.PlotClause;
import org.intervene.ast.PlotClause.Encoding;
import org.intervene.ast.RunClause;
import org.intervene.ast.Selection;
import org.intervene.ast.Statement;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.ClauseContext;
import org.intervene.read.IvnParser.SettingContext;

/** Builds the clauses of a spec from their parse trees. */
final class Clauses extends IvnParserBaseVisitor<Void> {
  private final Places places;
  private final SpecDraft draft;
  private final Expressions expressions;
  private final Statements statements;
  private final DataSources dataSources;

  Clauses(Places places, SpecDraft draft) {
    this.places = places;
    this.draft = draft;
    this.expressions = new Expressions(places);
    this.statements = new Statements(places, expressions);
    this.dataSources = new DataSources(places, expressions);
  }

  /** Adds a clause to the draft; of one with a syntax error, only that it is there. */
  void add(ClauseContext tree) {
    saw(tree);
    if (tree.exception != null) {
      return;
    }
    try {
      expressions.begin();
      visit(tree);
    } catch (Expressions.TooManyOperators reported) {
      // The clause is left out; the problem is in the list.
      return;
    }
  }

  private void saw(ClauseContext tree) {
    Token keyword = tree.getStart();
    Span span = places.at(keyword);
    switch (keyword.getType()) {
      case IvnLexer.EXPERIMENT -> draft.saw(SpecDraft.Single.EXPERIMENT, span);
      case IvnLexer.ABOUT -> draft.saw(SpecDraft.Single.ABOUT, span);
      case IvnLexer.AUTHORS -> draft.saw(SpecDraft.Single.AUTHORS, span);
      case IvnLexer.MODEL -> draft.saw(SpecDraft.Single.MODEL, span);
      case IvnLexer.GOLDEN -> draft.saw(SpecDraft.Single.GOLDEN, span);
      case IvnLexer.RUN -> draft.sawRun();
      default -> {}
    }
  }

  @Override
  public Void visitExperimentClause(IvnParser.ExperimentClauseContext tree) {
    draft.experiment(places.text(tree.text()));
    return null;
  }

  @Override
  public Void visitAboutClause(IvnParser.AboutClauseContext tree) {
    draft.about(places.text(tree.text()));
    return null;
  }

  @Override
  public Void visitAuthorsClause(IvnParser.AuthorsClauseContext tree) {
    List<Word> names = tree.text().stream().map(places::text).toList();
    draft.authors(new AuthorsClause(places.at(tree), names));
    return null;
  }

  @Override
  public Void visitCiteClause(IvnParser.CiteClauseContext tree) {
    draft.cites.add(places.text(tree.text()));
    return null;
  }

  @Override
  public Void visitModelClause(IvnParser.ModelClauseContext tree) {
    Map<Option, Word> options = new EnumMap<>(Option.class);
    for (var option : tree.modelOption()) {
      Option key = Option.valueOf(option.key.getText().toUpperCase(Locale.ROOT));
      if (options.put(key, setting(option.setting())) != null) {
        places
            .problems()
            .add(Duplicates.of(Ids.DUPLICATE_CLAUSE, option.key.getText(), places.at(option.key)));
      }
    }
    draft.model(
        new ModelClause(
            places.at(tree),
            places.text(tree.text()),
            Optional.ofNullable(options.get(Option.DTYPE)),
            Optional.ofNullable(options.get(Option.DEVICE)),
            Optional.ofNullable(options.get(Option.BOS))));
    return null;
  }

  private enum Option {
    DTYPE,
    DEVICE,
    BOS
  }

  Word setting(SettingContext tree) {
    return tree.text() != null
        ? places.text(tree.text())
        : new Word(places.at(tree), tree.getText());
  }

  @Override
  public Void visitValueClause(IvnParser.ValueClauseContext tree) {
    ValueClause.Kind kind = ValueClause.Kind.valueOf(tree.kind.getText().toUpperCase(Locale.ROOT));
    Expr value = expressions.expr(tree.expr());
    draft.values.add(new ValueClause(places.at(tree), kind, places.name(tree.name()), value));
    return null;
  }

  @Override
  public Void visitDataClause(IvnParser.DataClauseContext tree) {
    draft.data.add(
        new DataClause(
            places.at(tree), places.name(tree.name()), dataSources.visit(tree.source())));
    return null;
  }

  @Override
  public Void visitRunClause(IvnParser.RunClauseContext tree) {
    List<Sweep> sweeps =
        tree.sweep().stream()
            .map(s -> new Sweep(places.at(s), places.name(s.name()), selection(s.choice())))
            .toList();
    List<Statement> body =
        tree.body() == null
            ? List.of()
            : tree.body().statement().stream()
                .filter(statement -> statement.exception == null)
                .map(statements::statement)
                .toList();
    draft.runs.add(
        new RunClause(
            places.at(tree), places.name(tree.name()), dataRef(tree.dataRef()), sweeps, body));
    return null;
  }

  @Override
  public Void visitMetricClause(IvnParser.MetricClauseContext tree) {
    Expr value = expressions.expr(tree.expr());
    draft.metrics.add(new MetricClause(places.at(tree), places.name(tree.name()), value));
    return null;
  }

  @Override
  public Void visitPlotClause(IvnParser.PlotClauseContext tree) {
    draft.plots.add(plot(places.at(tree), tree.plot()));
    return null;
  }

  @Override
  public Void visitExpectClause(IvnParser.ExpectClauseContext tree) {
    draft.expects.add(new ExpectClause(places.at(tree), expressions.expr(tree.expr())));
    return null;
  }

  @Override
  public Void visitGoldenClause(IvnParser.GoldenClauseContext tree) {
    draft.golden(golden(places.at(tree), tree.golden()));
    return null;
  }

  PlotClause plot(Span span, IvnParser.PlotContext tree) {
    List<Encoding> encodings =
        tree.encoding().stream()
            .map(e -> new Encoding(word(e.channel), places.name(e.name())))
            .toList();
    Duplicates.report(
        encodings.stream().map(Encoding::channel).toList(), "channel", places.problems());
    Expr value = expressions.expr(tree.expr());
    return new PlotClause(span, places.name(tree.name()), value, encodings);
  }

  GoldenClause golden(Span span, IvnParser.GoldenContext tree) {
    Optional<Word> by = Optional.ofNullable(tree.name()).map(places::name);
    List<Tolerance> tolerances =
        tree.tolerance().stream()
            .map(
                t ->
                    new Tolerance(
                        places.at(t),
                        Optional.ofNullable(t.dotted()).map(places::dotted),
                        places.number(t.number()),
                        t.RELATIVE() != null))
            .toList();
    return new GoldenClause(span, by, tolerances);
  }

  Expr expression(IvnParser.ExprContext tree) {
    return expressions.expr(tree);
  }

  Selection selection(IvnParser.ChoiceContext tree) {
    return expressions.sites().choice(tree);
  }

  DataRef dataRef(IvnParser.DataRefContext tree) {
    return statements.dataRef(tree);
  }

  Expr size(IvnParser.SumContext tree) {
    return expressions.sum(tree);
  }

  Statement statement(IvnParser.StatementContext tree) {
    return statements.statement(tree);
  }

  DataSource repeat(Span span, IvnParser.RepeatContext tree) {
    return dataSources.repeat(span, tree);
  }

  void templateLine(TemplateLines.Draft lines, IvnParser.TemplateLineContext tree) {
    dataSources.templateLine(lines, tree);
  }

  private Word word(Token token) {
    return new Word(places.at(token), token.getText());
  }
}
