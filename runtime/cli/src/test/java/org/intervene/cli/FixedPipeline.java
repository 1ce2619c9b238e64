package org.intervene.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.intervene.ast.Expr;
import org.intervene.ast.Spec;
import org.intervene.check.SweepKind;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.digest.Sha256;
import org.intervene.digest.SpecDigest;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.BosPolicy;
import org.intervene.execute.Progress;
import org.intervene.experiment.Explained;
import org.intervene.experiment.Options;
import org.intervene.explain.Explainer;
import org.intervene.explain.Explanation;
import org.intervene.explain.Measured;
import org.intervene.explain.Memory;
import org.intervene.journal.JournalSource;
import org.intervene.lock.Pins;
import org.intervene.metric.CellValues;
import org.intervene.metric.MetricTables;
import org.intervene.metric.NumericColumns;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.optimise.Optimiser;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;
import org.intervene.print.Printer;
import org.intervene.read.Reading;
import org.intervene.result.AxisLabels;
import org.intervene.result.Provenance;
import org.intervene.result.Result;

/**
 * Stages that know one spec: {@code logit(answer)} of two examples is 1 and 3 in the run {@code
 * clean}, and 0 to 3 along two layers in the run {@code swept}.
 */
final class FixedPipeline implements Pipeline {
  static final String SPEC =
      """
      experiment "fixed"
      model "builtin:fixed"
      param limit = 2
      data facts rows { text "a" answer "b" } { text "c" answer "d" }
      run clean on facts.text
      run swept on facts.text for layer in all { zero resid_pre[layer] }
      metric l = logit(answer)
      expect mean(clean.l) >= 2
      """;

  static final ModelFacts FACTS =
      new ModelFacts(
          "gpt2", 2, 8, 2, 2, 4, 32, 100, 64, Map.of(Site.Q_ROT, "it has no rotary positions"));

  private Options seen;

  /** What stands for the bytes of the weights, and the digest of the rows. */
  String weights = "first";

  String rows = Sha256.of("rows");

  /** What the cells give: two of {@code clean}, and four of {@code swept}. */
  double[][] reads = {{1}, {3}, {0}, {1}, {2}, {3}};

  Options seen() {
    return seen;
  }

  @Override
  public Work check(Reading reading, Options settings, Consumer<Diagnostic> notes) {
    seen = settings;
    Spec spec = reading.spec().orElseThrow();
    notes.accept(Diagnostic.note("control.missing", spec.span(), "nothing is compared"));
    if (!spec.model().source().text().equals("builtin:fixed")) {
      throw DiagnosticException.resource(
          Diagnostic.error("model.unknown", spec.model().source().span(), "no such model"));
    }
    if (spec.experiment().text().equals("broken")) {
      throw new IllegalStateException("a fault");
    }
    return new Work(2, 6);
  }

  @Override
  public Result run(
      Reading reading,
      Options settings,
      Progress progress,
      Consumer<Diagnostic> notes,
      Consumer<Pins> gate,
      JournalSource journals) {
    check(reading, settings, notes);
    gate.accept(pins(reading));
    Spec spec = reading.spec().orElseThrow();
    Plan plan = plan(spec);
    Execution execution = new Execution(reads, Map.of());
    progress.planned(6);
    progress.done(6);
    MetricTables tables =
        new MetricTables(
            spec, plan, settings.parameters(), NumericColumns.none(), CellValues.of(execution));
    Provenance provenance =
        new Provenance(
            reading.source().text(),
            SpecDigest.of(spec),
            "builtin:fixed",
            new TreeMap<>(),
            "float32",
            "cpu",
            "",
            "none",
            "none",
            "0",
            Map.of(),
            Map.of());
    return Result.of(
        spec,
        plan,
        execution,
        tables,
        Printer::line,
        provenance,
        new AxisLabels(plan, token -> "?"),
        List.of());
  }

  private static Plan plan(Spec spec) {
    Expr.Call logit = (Expr.Call) spec.metrics().get(0).value();
    SweepAxis layers =
        new SweepAxis("layer", SweepKind.LAYER, List.of("0", "1"), List.of(0.0, 1.0));
    List<Cell> cells =
        java.util.stream.IntStream.range(0, 6)
            .mapToObj(i -> new Cell(i, Span.NONE, new int[] {1}, List.of(), List.of(), List.of()))
            .toList();
    return new Plan(
        FACTS,
        List.of(
            run("clean", List.of(), logit, 0, 1), run("swept", List.of(layers), logit, 2, 3, 4, 5)),
        cells,
        List.of(),
        List.of());
  }

  @Override
  public Explained explain(Reading reading, Explaining what, Progress progress) {
    Spec spec = reading.spec().orElseThrow();
    check(reading, what.options(), note -> {});
    Plan plan = plan(spec);
    Explanation explanation =
        what.options().strategy() == Options.Strategy.NAIVE
            ? Explainer.naive(plan, 4, Memory.of(0, 1000))
            : Explainer.of(
                plan,
                Optimiser.optimise(plan, what.options().strategy().least(), 1L << 20, 4),
                4,
                true,
                Memory.of(0, 1000));
    return new Explained(
        spec.experiment().text(),
        what.model().orElse("builtin:fixed"),
        FACTS,
        "float32",
        "none",
        "",
        what.options().strategy(),
        explanation,
        what.measured()
            ? explanation.steps().stream().map(s -> new Measured(0.5, 3_000_000)).toList()
            : List.of(),
        List.of());
  }

  private static PlannedRun run(String name, List<SweepAxis> axes, Expr.Call logit, int... cells) {
    return new PlannedRun(
        Span.NONE, name, "facts", "text", axes, 2, cells, List.of(logit), List.of("l"));
  }

  /** The model's digest is that of its name and of what a test says its file holds. */
  @Override
  public Pins pins(Reading reading) {
    Spec spec = reading.spec().orElseThrow();
    return new Pins(
        new Pins.ModelPin(
            spec.model().source().text(),
            Map.of("dtype", "float32", "device", "auto", "bos", "auto"),
            Optional.empty(),
            "float32",
            "cpu",
            "none",
            new TreeMap<>(Map.of("model.safetensors", Sha256.of(weights)))),
        Map.of("facts", new Pins.DataPin(SpecDigest.ofDataClause(spec, "facts"), 2, rows)),
        Map.of(),
        new Pins.EnginePin("0", "none"));
  }

  @Override
  public ModelFacts describe(String model) {
    if (!model.equals("builtin:fixed") && !Files.isDirectory(Path.of(model))) {
      throw DiagnosticException.resource(
          Diagnostic.inFile("model.unknown", model, "there is no such model", "see `models`"));
    }
    return FACTS;
  }

  @Override
  public ModelDetails details(String model) {
    BosPolicy.Special begin = new BosPolicy.Special(0, "<s>");
    return new ModelDetails(
        model,
        Path.of("/models/fixed"),
        describe(model),
        1234,
        new TreeMap<>(Map.of("F32", 4936L)),
        Optional.of(
            new ModelDetails.Tokens(
                100, new BosPolicy(Bos.AUTO, List.of(begin), List.of(), "a file says so"))));
  }

  @Override
  public List<Builtin> builtins() {
    return List.of(new Builtin("builtin:fixed", FACTS));
  }
}
