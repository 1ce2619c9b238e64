package org.intervene.result;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intervene.ast.ExpectClause;
import org.intervene.ast.Expr;
import org.intervene.ast.MetricClause;
import org.intervene.ast.ModelClause;
import org.intervene.ast.PlotClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.check.SweepKind;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;
import org.intervene.metric.CellValues;
import org.intervene.metric.MetricTables;
import org.intervene.metric.NumericColumns;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.Slice;
import org.intervene.plan.SweepAxis;

/** A result of two runs over two examples, of three and two tokens, worked out by hand. */
final class SmallResult {
  private static final String[] TOKENS = {"The", " Eiffel", " Tower", " is, \"in\""};
  private static final Expr.Call LOGIT =
      new Expr.Call(
          Span.NONE,
          word("logit"),
          List.of(name("answer")),
          List.of(),
          List.of(),
          Optional.empty());

  private SmallResult() {}

  static Word word(String text) {
    return new Word(Span.NONE, text);
  }

  private static Expr name(String name) {
    return new Expr.Name(Span.NONE, name);
  }

  static Expr.Path path(String run, String metric) {
    return new Expr.Path(Span.NONE, List.of(word(run), word(metric)));
  }

  /** [layer 2, pos 3, example 2]; the second example has two positions. */
  static Plan plan() {
    Cell.Collected stream =
        new Cell.Collected(
            "stream", List.of(Slice.whole(Site.RESID_PRE, 0), Slice.whole(Site.RESID_PRE, 1)));
    Cell.Collected last =
        new Cell.Collected("last", List.of(Slice.whole(Site.RESID_PRE, 1).at(new int[] {1})));
    List<Cell> cells = new ArrayList<>();
    List<List<Cell.Collected>> collects = List.of(List.of(stream, last), List.of());
    for (int id = 0; id < 12; id++) {
      boolean second = id == 1 || id > 2 && id % 2 == 0 && id < 11;
      int[] tokens = second ? new int[] {0, 3} : new int[] {0, 1, 2};
      cells.add(
          new Cell(id, Span.NONE, tokens, List.of(), List.of(), collects.get(id < 2 ? 0 : 1)));
    }
    List<SweepAxis> axes =
        List.of(
            new SweepAxis("layer", SweepKind.LAYER, List.of("0", "1"), List.of(0.0, 1.0)),
            new SweepAxis(
                "pos", SweepKind.POSITION, List.of("0", "1", "2"), List.of(0.0, 1.0, 2.0)));
    int[] swept = {3, 4, 5, 6, 7, -1, 9, 8, 11, 10, 2, -1};
    return new Plan(
        new ModelFacts("gpt2", 2, 2, 1, 1, 2, 8, 4, 16, Map.of()),
        List.of(run("clean", List.of(), 0, 1), run("patched", axes, swept)),
        cells,
        List.of(),
        List.of());
  }

  private static PlannedRun run(String name, List<SweepAxis> axes, int... cells) {
    return new PlannedRun(
        Span.NONE, name, "facts", "clean", axes, 2, cells, List.of(LOGIT), List.of("ld"));
  }

  static Spec spec() {
    PlotClause plot =
        new PlotClause(
            Span.NONE,
            word("heatmap"),
            path("patched", "ld"),
            List.of(
                new PlotClause.Encoding(word("x"), word("pos")),
                new PlotClause.Encoding(word("y"), word("layer"))));
    Expr max =
        new Expr.Call(
            Span.NONE,
            word("max"),
            List.of(path("patched", "ld")),
            List.of(),
            List.of(),
            Optional.empty());
    Expr condition =
        new Expr.Binary(Span.NONE, Expr.Operator.GREATER, max, new Expr.Number(Span.NONE, 9.5));
    return new Spec(
        Span.NONE,
        word("small <test>"),
        Optional.of(word("What is where?")),
        Optional.empty(),
        List.of(),
        new ModelClause(
            Span.NONE, word("builtin:none"), Optional.empty(), Optional.empty(), Optional.empty()),
        List.of(),
        List.of(),
        List.of(),
        List.of(new MetricClause(Span.NONE, word("ld"), LOGIT)),
        List.of(plot),
        List.of(new ExpectClause(Span.NONE, condition)),
        Optional.empty());
  }

  /** Cell i reads i / 8; cell 10 reads NaN. Saved elements are the cell's id. */
  static Execution execution() {
    double[][] reads = new double[12][1];
    for (int i = 0; i < reads.length; i++) {
      reads[i][0] = i == 10 ? Double.NaN : i / 8.0;
    }
    Map<CollectKey, CollectedTensor> collected = new HashMap<>();
    for (int cell = 0; cell < 2; cell++) {
      int positions = cell == 0 ? 3 : 2;
      collected.put(new CollectKey(cell, "stream"), tensor(cell, 2, positions, 2));
      collected.put(new CollectKey(cell, "last"), tensor(cell, 1, 2));
    }
    return new Execution(reads, collected);
  }

  private static CollectedTensor tensor(int cell, long... shape) {
    int elements = 1;
    for (long size : shape) {
      elements *= (int) size;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      bytes.putFloat(cell * 100 + i);
    }
    return new CollectedTensor("F32", shape, bytes.array());
  }

  static Result result(Execution execution) {
    Spec spec = spec();
    Plan plan = plan();
    MetricTables tables =
        new MetricTables(spec, plan, Map.of(), NumericColumns.none(), CellValues.of(execution));
    Provenance provenance =
        new Provenance(
            "experiment \"small\"\n",
            "sha256:11",
            "builtin:none",
            new TreeMap<>(Map.of("weights", "sha256:00")),
            "float32",
            "cpu",
            "",
            "none",
            "none 1.0",
            "0.1.0",
            Map.of("strength", "4"),
            Map.of("strength", "4"));
    return Result.of(
        spec,
        plan,
        execution,
        tables,
        expr -> expr == spec.expects().get(0).condition() ? "max(patched.ld) > 9.5" : "patched.ld",
        provenance,
        new AxisLabels(plan, token -> TOKENS[token]),
        List.of(Diagnostic.note("control.missing", Span.NONE, "no control", "add one")));
  }

  static Result result() {
    return result(execution());
  }
}
