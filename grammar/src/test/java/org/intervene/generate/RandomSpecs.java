package org.intervene.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.DataClause;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.PlotClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/**
 * Makes specs that use the whole language, from a seed. They are well formed but mean nothing:
 * sites do not exist and names are not declared.
 */
public final class RandomSpecs {
  private final RandomWords words;
  private final RandomExprs exprs;
  private final RandomStatements statements;
  private final RandomData data;

  public RandomSpecs(long seed) {
    Random random = new Random(seed);
    words = new RandomWords(random);
    exprs = new RandomExprs(words);
    statements = new RandomStatements(words, exprs);
    data = new RandomData(words, exprs);
  }

  /** The next spec of this seed. */
  public Spec next() {
    return new Spec(
        Span.NONE,
        words.text(),
        words.maybe(words::text),
        words.maybe(() -> new AuthorsClause(Span.NONE, words.several(1, 3, words::text))),
        words.several(0, 2, words::text),
        new ModelClause(
            Span.NONE,
            words.text(),
            words.maybe(this::setting),
            words.maybe(this::setting),
            words.maybe(this::setting)),
        named(4, this::value),
        named(4, name -> new DataClause(Span.NONE, name, data.source())),
        atLeastOne(named(4, this::run)),
        named(4, name -> new MetricClause(Span.NONE, name, exprs.expr(4))),
        words.several(0, 3, this::plot),
        words.several(0, 3, () -> new ExpectClause(Span.NONE, exprs.expr(4))),
        words.maybe(this::golden));
  }

  private List<RunClause> atLeastOne(List<RunClause> runs) {
    return runs.isEmpty() ? List.of(run(words.name())) : runs;
  }

  private Word setting() {
    return words.one(
        () -> words.name(), words::text, () -> words.word("cuda:" + words.random().nextInt(10)));
  }

  private <T> List<T> named(int most, Function<Word, T> make) {
    return names(words.random().nextInt(most + 1), words::name).stream().map(make).toList();
  }

  /** Names that differ from each other. */
  private static List<Word> names(int number, Supplier<Word> make) {
    Set<Word> names = new LinkedHashSet<>();
    while (names.size() < number) {
      names.add(make.get());
    }
    return new ArrayList<>(names);
  }

  private ValueClause value(Word name) {
    return new ValueClause(Span.NONE, words.of(ValueClause.Kind.values()), name, exprs.expr(3));
  }

  private RunClause run(Word name) {
    List<Sweep> sweeps =
        names(words.random().nextInt(4), words::name).stream()
            .map(variable -> new Sweep(Span.NONE, variable, exprs.selection(2)))
            .toList();
    return new RunClause(
        Span.NONE, name, data.ref(), sweeps, words.several(0, 5, statements::statement));
  }

  private PlotClause plot() {
    List<PlotClause.Encoding> encodings =
        List.of("x", "y", "series").stream()
            .filter(channel -> words.random().nextBoolean())
            .map(channel -> new PlotClause.Encoding(words.word(channel), words.name()))
            .toList();
    return new PlotClause(Span.NONE, words.name(), exprs.expr(3), encodings);
  }

  private GoldenClause golden() {
    return new GoldenClause(
        Span.NONE,
        words.maybe(words::name),
        words.several(
            1,
            3,
            () ->
                new GoldenClause.Tolerance(
                    Span.NONE,
                    words.maybe(words::dotted),
                    words.number(),
                    words.random().nextBoolean())));
  }

  /** A spec for each of so many seeds, starting with one. */
  public static List<Spec> many(int number) {
    List<Spec> specs = new ArrayList<>();
    for (int seed = 1; seed <= number; seed++) {
      specs.add(new RandomSpecs(seed).next());
    }
    return specs;
  }
}
