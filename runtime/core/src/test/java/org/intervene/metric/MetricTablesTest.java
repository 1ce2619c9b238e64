package org.intervene.metric;

import static org.intervene.metric.Written.binary;
import static org.intervene.metric.Written.by;
import static org.intervene.metric.Written.call;
import static org.intervene.metric.Written.listing;
import static org.intervene.metric.Written.minus;
import static org.intervene.metric.Written.name;
import static org.intervene.metric.Written.number;
import static org.intervene.metric.Written.path;
import static org.intervene.metric.Written.word;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.PlotClause;
import org.intervene.ast.Spec;
import org.intervene.check.SweepKind;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;
import org.junit.jupiter.api.Test;

/** The example of the language reference, with numbers worked out by hand. */
class MetricTablesTest {
  private static final Expr.Call LOGIT = call("logit", name("answer"));
  private static final Expr.Call PROB = call("prob", name("answer"));
  private static final Expr.Call HIT = call("accuracy", name("answer"));
  private static final ModelFacts MODEL =
      new ModelFacts("gpt2", 2, 4, 1, 1, 4, 8, 10, 16, Map.of());

  private static PlannedRun run(
      String name, String data, List<SweepAxis> axes, int examples, int... cells) {
    List<String> metrics = List.of("ld", "restored");
    return new PlannedRun(
        Span.NONE, name, data, "clean", axes, examples, cells, List.of(LOGIT, PROB, HIT), metrics);
  }

  private static SweepAxis axis(String name, double... values) {
    List<Double> numbers = java.util.Arrays.stream(values).boxed().toList();
    return new SweepAxis(
        name, SweepKind.LAYER, numbers.stream().map(Shown::number).toList(), numbers);
  }

  // cells 0, 1: clean; 2, 3: corrupt; 4..: patched over 2 layers and 2 positions; the second
  // example
  // has one position only
  private static final Plan PLAN =
      new Plan(
          MODEL,
          List.of(
              run("clean", "facts", List.of(), 2, 0, 1),
              run("corrupt", "facts", List.of(), 2, 2, 3),
              run(
                  "patched",
                  "facts",
                  List.of(axis("layer", 0, 1), axis("pos", 0, 1)),
                  2,
                  4,
                  5,
                  6,
                  -1,
                  7,
                  8,
                  9,
                  -1),
              run("other", "corpus", List.of(), 2, 0, 1)),
          List.of(),
          List.of(),
          List.of());
  private static final double[] LOGITS = {10, 20, 0, 4, 5, 8, 9, 1, 4, 10};

  private static final Expr RESTORED =
      binary(
          minus(name("ld"), path("corrupt", "ld")),
          Expr.Operator.DIVIDE,
          minus(path("clean", "ld"), path("corrupt", "ld")));

  private static Spec spec(List<MetricClause> metrics, List<Expr> expects) {
    return new Spec(
        Span.NONE,
        word("test"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new ModelClause(Span.NONE, word("m"), Optional.empty(), Optional.empty(), Optional.empty()),
        List.of(),
        List.of(),
        List.of(),
        metrics,
        List.of(),
        expects.stream().map(e -> new ExpectClause(Span.NONE, e)).toList(),
        Optional.empty());
  }

  private static MetricClause metric(String name, Expr value) {
    return new MetricClause(Span.NONE, word(name), value);
  }

  private static MetricTables tables(Expr restored) {
    return new MetricTables(
        spec(List.of(metric("ld", LOGIT), metric("restored", restored)), List.of()),
        PLAN,
        Map.of("threshold", number(0.5)),
        NumericColumns.none(),
        (cell, read) -> read == 0 ? LOGITS[cell] : read == 1 ? -LOGITS[cell] : LOGITS[cell] / 4);
  }

  @Test
  void pairsExamplesAcrossRuns() {
    LabelledArray restored = tables(RESTORED).value(path("patched", "restored"));
    assertEquals(
        List.of("layer", "pos", "example"), restored.axes().stream().map(ArrayAxis::name).toList());
    assertArrayEquals(new double[] {0.5, 0.25, 0.9, 0.1, 0, 1.0}, restored.presentValues(), 1e-15);
  }

  @Test
  void probabilitiesAndHitsComeFromWhatWasRead() {
    assertArrayEquals(
        new double[] {Math.exp(-10), Math.exp(-20)},
        tables(PROB).value(path("clean", "restored")).presentValues());
    assertArrayEquals(
        new double[] {1, 0}, tables(HIT).value(path("corrupt", "restored")).presentValues());
  }

  @Test
  void examplesOfDifferentDataNeverMix() {
    Expr difference = minus(name("ld"), path("clean", "ld"));
    assertEquals("metric.unpaired", problem(difference, "other"));
    Expr againstMean = minus(name("ld"), call("mean", path("clean", "ld")));
    assertArrayEquals(
        new double[] {-5, 5}, tables(againstMean).value(path("other", "restored")).presentValues());
    assertEquals("metric.unpaired", problem(path("clean", "ld"), "other"));
  }

  @Test
  void aSweepDoesNotFitARunWithoutIt() {
    assertEquals("metric.axes", problem(path("patched", "ld"), "clean"));
    Expr best = Written.over("max", List.of("layer", "pos"), path("patched", "ld"));
    assertArrayEquals(
        new double[] {10, 8}, tables(best).value(path("clean", "restored")).presentValues());
  }

  @Test
  void circlesAndWrongNamesAreErrors() {
    assertEquals("metric.cycle", problem(name("restored"), "clean"));
    assertEquals("metric.cycle", problem(minus(path("clean", "restored"), number(1)), "patched"));
    assertEquals("run.unknown", problem(path("claen", "ld"), "clean"));
    assertEquals("metric.unknown", problem(path("clean", "dl"), "clean"));
    assertEquals("name.unknown", problem(name("dl"), "clean"));
  }

  private static String problem(Expr restored, String run) {
    DiagnosticException problem =
        assertThrows(
            DiagnosticException.class, () -> tables(restored).value(path(run, "restored")));
    return problem.diagnostics().get(0).id();
  }

  @Test
  void expectationsShowWhatWasSeen() {
    Expr max = call("max", path("patched", "restored"));
    Expr where = by("argmax", List.of("layer", "pos"), path("patched", "restored"));
    Expr all = binary(path("patched", "restored"), Expr.Operator.GREATER, number(0.2));
    assertEquals(
        "1 at layer 1, pos 1, example 0", seen(binary(max, Expr.Operator.GREATER, number(0.9))));
    assertEquals("[1, 1]", seen(binary(where, Expr.Operator.EQUAL, listing(1, 0))));
    assertEquals("0.1 at layer 1, pos 0, example 0 (2 of 6 fail)", seen(all));
    assertEquals(
        "0 to 1", seen(binary(path("patched", "restored"), Expr.Operator.LESS, number(2))));
    assertEquals(
        "15 against 2",
        seen(
            binary(
                call("mean", path("clean", "ld")),
                Expr.Operator.GREATER,
                call("mean", path("corrupt", "ld")))));
    assertEquals(
        "1 at layer 1, pos 1, example 0 against 0.5",
        seen(binary(max, Expr.Operator.GREATER, name("threshold"))));
  }

  private static String seen(Expr condition) {
    Spec spec = spec(List.of(), List.of(condition));
    return new Expectations(tables(RESTORED), e -> "").of(spec).get(0).seen();
  }

  @Test
  void plotsAverageWhatTheyDoNotShow() {
    PlotClause clause =
        new PlotClause(
            Span.NONE,
            word("heatmap"),
            path("patched", "restored"),
            List.of(
                new PlotClause.Encoding(word("x"), word("pos")),
                new PlotClause.Encoding(word("y"), word("layer"))));
    PlotData plot = PlotData.of(clause, tables(RESTORED), e -> "patched.restored");
    assertEquals(
        List.of("pos", "layer"), plot.mean().axes().stream().map(ArrayAxis::name).toList());
    assertArrayEquals(new double[] {0.375, 0.05, 0.9, 1}, plot.mean().presentValues(), 1e-15);
    assertEquals(Map.of("x", "pos", "y", "layer"), plot.channels());
  }

  @Test
  void summariesKeepTheSweep() {
    List<Summary> summaries = tables(name("ld")).all().stream().map(Summary::of).toList();
    Summary patched = summaries.get(4);
    assertEquals("patched", patched.run());
    assertArrayEquals(new double[] {6.5, 9, 2.5, 10}, patched.mean().presentValues());
    assertEquals(
        List.of("layer", "pos"), patched.mean().axes().stream().map(ArrayAxis::name).toList());
    assertArrayEquals(new double[] {5, 8}, firstTwo(patched.bounds()));
    assertEquals(37.0 / 6, patched.overall().at(0));
  }

  private static double[] firstTwo(LabelledArray x) {
    return new double[] {x.at(0), x.at(1)};
  }
}
