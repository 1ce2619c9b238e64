package org.intervene.metric;

import static org.intervene.metric.Written.at;
import static org.intervene.metric.Written.binary;
import static org.intervene.metric.Written.by;
import static org.intervene.metric.Written.call;
import static org.intervene.metric.Written.listing;
import static org.intervene.metric.Written.minus;
import static org.intervene.metric.Written.name;
import static org.intervene.metric.Written.number;
import static org.intervene.metric.Written.over;
import static org.intervene.metric.Written.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;
import org.intervene.check.SweepKind;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.plan.SweepAxis;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final ArrayAxis LAYER = numbers("layer", 0, 1, 2);
  private static final ArrayAxis POS = numbers("pos", 0, 1);
  private static final ArrayAxis FACTS = ArrayAxis.examples("facts", 2);
  private static final double NAN = Double.NaN;

  private final Map<String, LabelledArray> names = new LinkedHashMap<>();
  private final Evaluation evaluation = new Evaluation(new Named());

  /** Names alone. */
  private final class Named implements Environment {
    @Override
    public Optional<LabelledArray> name(Expr.Name name) {
      return Optional.ofNullable(names.get(name.name()));
    }

    @Override
    public LabelledArray atom(Expr.Call call) {
      return LabelledArray.scalar(call.arguments().size());
    }

    @Override
    public LabelledArray metricOf(Word run, Word metric) {
      return names.get(run + "." + metric);
    }

    @Override
    public Set<String> names() {
      return names.keySet();
    }
  }

  private static ArrayAxis numbers(String name, double... values) {
    List<Double> list = java.util.Arrays.stream(values).boxed().toList();
    List<String> labels = list.stream().map(Shown::number).toList();
    return ArrayAxis.of(new SweepAxis(name, SweepKind.NUMBER, labels, list));
  }

  EvaluationTest() {
    names.put("grid", LabelledArray.of(List.of(LAYER, POS), new double[] {1, 2, 3, 4, 5, 6}));
    names.put("each", LabelledArray.of(List.of(FACTS), new double[] {10, 20}));
    names.put("layers", LabelledArray.of(List.of(LAYER), new double[] {100, 200, 300}));
    // the second example has no position 1
    names.put(
        "ragged",
        LabelledArray.of(
            List.of(POS, FACTS),
            new double[] {1, 2, 3, NAN},
            new boolean[] {true, true, true, false}));
  }

  private double[] values(Expr expr) {
    return evaluation.of(expr).presentValues();
  }

  private List<String> axes(Expr expr) {
    return evaluation.of(expr).axes().stream().map(ArrayAxis::name).toList();
  }

  private void fails(String id, Expr expr) {
    DiagnosticException problem =
        assertThrows(DiagnosticException.class, () -> evaluation.of(expr));
    assertEquals(id, problem.diagnostics().get(0).id());
    assertFalse(problem.diagnostics().get(0).help().isEmpty());
  }

  @Test
  void axesAreMatchedByName() {
    assertArrayEquals(
        new double[] {99, 98, 197, 196, 295, 294}, values(minus(name("layers"), name("grid"))));
    assertEquals(List.of("layer", "pos"), axes(minus(name("layers"), name("grid"))));
    assertEquals(List.of("layer", "example"), axes(minus(name("each"), name("layers"))));
    assertArrayEquals(
        new double[] {-90, -80, -190, -180, -290, -280},
        values(minus(name("each"), name("layers"))));
  }

  @Test
  void whatDoesNotExistIsSkippedAndStaysAway() {
    assertArrayEquals(new double[] {2}, values(call("mean", name("ragged"))));
    assertArrayEquals(
        new double[] {1.5, 3}, values(over("mean", List.of("example"), name("ragged"))));
    assertArrayEquals(
        new double[] {2, 1}, values(over("count", List.of("example"), name("ragged"))));
    assertArrayEquals(new double[] {-9, -18, -7}, values(minus(name("ragged"), name("each"))));
  }

  @Test
  void nanIsAValueAndSpreads() {
    names.put("hole", LabelledArray.of(List.of(LAYER), new double[] {1, NAN, 3}));
    for (String function : List.of("mean", "median", "sum", "min", "max", "sem", "argmax")) {
      assertArrayEquals(
          new double[] {function.equals("argmax") ? 1 : NAN}, values(call(function, name("hole"))));
    }
    assertArrayEquals(new double[] {3}, values(call("count", name("hole"))));
    assertArrayEquals(
        new double[] {1, NAN, 0}, values(binary(name("hole"), Expr.Operator.LESS, number(2))));
    assertFalse(
        Evaluation.holds(evaluation.of(binary(name("hole"), Expr.Operator.NOT_EQUAL, number(2)))));
  }

  @Test
  void overNamesWhatGoesAndByWhatStays() {
    assertArrayEquals(
        new double[] {1.5, 3.5, 5.5}, values(over("mean", List.of("pos"), name("grid"))));
    assertArrayEquals(
        new double[] {1.5, 3.5, 5.5}, values(by("mean", List.of("layer"), name("grid"))));
    assertArrayEquals(
        new double[] {21}, values(over("sum", List.of("pos", "layer"), name("grid"))));
    assertArrayEquals(new double[] {21}, values(call("sum", name("grid"))));
    assertArrayEquals(new double[] {5, 6}, values(over("max", List.of("layer"), name("grid"))));
    assertArrayEquals(
        new double[] {1.4, 3.4, 5.4},
        values(over("quantile", List.of("pos"), name("grid"), number(0.4))),
        1e-12);
  }

  @Test
  void argmaxGivesTheAxisValues() {
    Expr found = by("argmax", List.of("layer", "pos"), name("grid"));
    assertArrayEquals(new double[] {2, 1}, values(found));
    assertTrue(Evaluation.holds(evaluation.of(binary(found, Expr.Operator.EQUAL, listing(2, 1)))));
    assertFalse(Evaluation.holds(evaluation.of(binary(found, Expr.Operator.EQUAL, listing(2, 0)))));
    assertArrayEquals(new double[] {2}, values(by("argmax", List.of("layer"), name("grid"))));
    assertArrayEquals(new double[] {0}, values(by("argmin", List.of("pos"), name("grid"))));
    assertArrayEquals(new double[] {1, 1, 1}, values(over("argmax", List.of("pos"), name("grid"))));
    names.put("tie", LabelledArray.of(List.of(LAYER), new double[] {1, 7, 7}));
    assertArrayEquals(new double[] {1}, values(call("argmax", name("tie"))));
    names.put("coeff", LabelledArray.of(List.of(numbers("c", -4, 0, 4)), new double[] {9, 1, 0}));
    assertArrayEquals(new double[] {-4}, values(call("argmax", name("coeff"))));
  }

  @Test
  void topkSaysWhereTheLargestStood() {
    LabelledArray top = evaluation.of(by("topk", List.of("layer", "pos"), name("grid"), number(2)));
    assertEquals(List.of("layer 2, pos 1", "layer 2, pos 0"), top.axes().get(0).labels());
    assertArrayEquals(new double[] {6, 5}, top.presentValues());
    assertArrayEquals(
        new double[] {5.5}, values(by("topk", List.of("layer"), name("grid"), number(1))));
  }

  @Test
  void coordinatesAreLabelsNumbersOrLast() {
    assertArrayEquals(new double[] {3, 4}, values(at(name("grid"), "layer", number(1))));
    assertArrayEquals(new double[] {5, 6}, values(at(name("grid"), "layer", name("last"))));
    assertArrayEquals(new double[] {5, 6}, values(at(name("grid"), "layer", number(-1))));
    assertArrayEquals(new double[] {3, 4}, values(at(name("grid"), "layer", text("1"))));
    assertArrayEquals(new double[] {3, 2}, values(at(name("ragged"), "pos", name("last"))));
    fails("metric.no-coordinate", at(name("grid"), "layer", number(3)));
    fails("metric.no-coordinate", at(name("grid"), "layer", name("subject")));
    fails("metric.unknown-axis", at(name("grid"), "head", number(0)));
  }

  @Test
  void minAndMaxOfTwoWorkOnEntries() {
    assertArrayEquals(new double[] {10, 15}, values(call("min", name("each"), number(15))));
    assertArrayEquals(new double[] {15, 20}, values(call("max", name("each"), number(15))));
    assertArrayEquals(new double[] {20}, values(call("max", name("each"))));
    assertArrayEquals(new double[] {Math.log(10), Math.log(20)}, values(call("log", name("each"))));
  }

  @Test
  void conditionsChoose() {
    Expr big = binary(name("each"), Expr.Operator.GREATER, number(15));
    assertArrayEquals(
        new double[] {-1, 20}, values(new Expr.If(Span.NONE, big, name("each"), number(-1))));
    assertArrayEquals(
        new double[] {1, 0}, values(new Expr.Unary(Span.NONE, Expr.Operator.NOT, big)));
    assertArrayEquals(
        new double[] {0, 1},
        values(
            binary(big, Expr.Operator.AND, binary(name("each"), Expr.Operator.LESS, number(30)))));
  }

  @Test
  void whatDoesNotFitIsAnError() {
    names.put("others", LabelledArray.of(List.of(ArrayAxis.examples("corpus", 2)), new double[2]));
    names.put("short", LabelledArray.of(List.of(numbers("layer", 0, 1)), new double[2]));
    names.put("spans", LabelledArray.of(List.of(numbers("at", NAN, NAN)), new double[2]));
    fails("metric.unpaired", minus(name("each"), name("others")));
    fails("metric.labels-differ", minus(name("layers"), name("short")));
    fails("metric.unknown-axis", over("mean", List.of("layr"), name("grid")));
    fails("metric.unknown-function", call("avg", name("grid")));
    fails("name.unknown", name("gird"));
    fails("metric.arity", call("mean", name("grid"), name("grid")));
    fails("metric.arity", call("quantile", name("grid")));
    fails("metric.range", call("quantile", name("grid"), number(90)));
    fails("metric.range", call("topk", name("grid"), number(0)));
    fails("metric.not-number", text(" Paris"));
    fails("metric.not-number", call("argmax", name("spans")));
    fails("metric.not-reduction", over("exp", List.of("layer"), name("grid")));
    fails("metric.not-reduction", over("logit", List.of("layer"), name("grid")));
  }

  @Test
  void nothingToCompareIsNotASuccess() {
    LabelledArray empty =
        LabelledArray.of(List.of(POS), new double[2], new boolean[] {false, false});
    assertFalse(Evaluation.holds(empty));
  }
}
