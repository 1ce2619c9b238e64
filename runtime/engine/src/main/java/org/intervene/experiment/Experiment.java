package org.intervene.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.compile.Compiled;
import org.intervene.compile.SpecCompiler;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Gpus;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.weights.Products;
import org.intervene.execute.Progress;
import org.intervene.explain.Explanation;
import org.intervene.journal.Journal;
import org.intervene.journal.JournalSource;
import org.intervene.lock.Pins;
import org.intervene.metric.CellValues;
import org.intervene.metric.MetricTables;
import org.intervene.model.Architecture;
import org.intervene.model.Tokenizer;
import org.intervene.model.placement.FreeMemory;
import org.intervene.plan.Execution;
import org.intervene.print.Printer;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.AxisLabels;
import org.intervene.result.Result;

/**
 * An experiment, from its file to its result. The whole pipeline is here, one line a stage:
 *
 * <pre>
 *   read     spec file            -&gt; AST             (grammar)
 *   describe config.json          -&gt; sites, shapes   (no weights)
 *   compile  AST + description    -&gt; plan            (checks, all of them)
 *   load     weights              -&gt; decoder
 *   execute  plan + decoder       -&gt; numbers
 *   reduce   numbers              -&gt; result
 * </pre>
 */
public final class Experiment {
  private final Reading reading;
  private final Spec spec;
  private final Path folder;
  private final Supplier<List<FreeMemory>> gpus;

  private Experiment(Reading reading, Spec spec, Path folder, Supplier<List<FreeMemory>> gpus) {
    this.reading = reading;
    this.spec = spec;
    this.folder = folder;
    this.gpus = gpus;
  }

  /**
   * Reads an experiment.
   *
   * @param file ends in {@code .ivn}, {@code .yaml} or {@code .yml}
   * @throws DiagnosticException with everything that is wrong with its words
   */
  public static Experiment read(Path file) {
    return of(SpecReader.read(file), file.toAbsolutePath().getParent());
  }

  /**
   * An experiment that was read already.
   *
   * @param folder where relative paths start
   * @throws DiagnosticException if it could not be read
   */
  public static Experiment of(Reading reading, Path folder) {
    if (reading.spec().isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.SPEC, reading.diagnostics());
    }
    return new Experiment(reading, reading.spec().get(), folder, Gpus::free);
  }

  public Spec spec() {
    return spec;
  }

  /**
   * Checks the experiment without loading weights, and plans it.
   *
   * @throws DiagnosticException with everything that is wrong
   */
  public Compiled check(Options options) {
    ModelChoice choice = ModelChoice.of(spec.model(), options);
    return compiled(files(choice), options);
  }

  /**
   * What the words of the experiment stand for on this machine, whatever options may override. No
   * weight is loaded, but the files are read.
   *
   * @throws DiagnosticException with everything that is wrong
   */
  public Pins pins() {
    Options options = Options.defaults();
    ModelFiles files = files(ModelChoice.of(spec.model(), options));
    ModelDigests digests = ModelDigests.of(files.resolved().path());
    return Pinning.of(compiled(files, options), files, digests, folder);
  }

  /**
   * Runs the experiment.
   *
   * @param notes hears remarks that stop nothing, before the run begins
   * @throws DiagnosticException with everything that is wrong
   * @throws org.intervene.execute.ExecutionStopped if the thread was interrupted
   */
  public Result run(Options options, Progress progress, Consumer<Diagnostic> notes) {
    return run(options, progress, notes, pins -> {});
  }

  /**
   * Runs the experiment.
   *
   * @param notes hears remarks that stop nothing, before the run begins
   * @param gate sees what the words stand for before any weight is loaded, and may stop the run
   * @throws DiagnosticException with everything that is wrong
   * @throws org.intervene.execute.ExecutionStopped if the thread was interrupted
   */
  public Result run(
      Options options, Progress progress, Consumer<Diagnostic> notes, Consumer<Pins> gate) {
    return run(options, progress, notes, gate, JournalSource.NONE);
  }

  /**
   * Runs the experiment, and writes down what is finished as it goes on.
   *
   * @param notes hears remarks that stop nothing, before the run begins
   * @param gate sees what the words stand for before any weight is loaded, and may stop the run
   * @param journals where the journal of the run is; what it knows is not computed again. The naive
   *     plan keeps none.
   * @throws DiagnosticException with everything that is wrong
   * @throws org.intervene.execute.ExecutionStopped if the thread was interrupted
   */
  public Result run(
      Options options,
      Progress progress,
      Consumer<Diagnostic> notes,
      Consumer<Pins> gate,
      JournalSource journals) {
    ModelChoice choice = ModelChoice.of(spec.model(), options);
    ModelFiles files = files(choice);
    Compiled compiled = compiled(files, options);
    compiled.notes().forEach(notes);
    ModelDigests digests = ModelDigests.of(files.resolved().path());
    Pins pins = Pinning.of(compiled, files, digests, folder);
    gate.accept(options.parameters().isEmpty() ? pins : pinsOfWords(files, options, digests));
    options.threads().ifPresent(TorchRuntime.start()::threads);
    boolean collecting = journals.folder().isEmpty();
    Devices devices = devices(files, choice, options);
    devices.note().ifPresent(notes);
    Planned planned = Planned.of(compiled.plan(), choice, devices, options, collecting);
    Journal journal = planned.journal(journals, compiled, pins);
    Path scratch = journals.folder().orElseGet(Scratch::folder);
    try (LoadedModel model = loaded(planned, files, choice, devices, options)) {
      Execution execution = planned.execute(model, progress, journal, scratch);
      return result(compiled, execution, files, digests, choice, devices, options);
    }
  }

  /** What the spec stands for as it is written: parameters that a run sets may change its data. */
  private Pins pinsOfWords(ModelFiles files, Options options, ModelDigests digests) {
    return Pinning.of(compiled(files, options.asWritten()), files, digests, folder);
  }

  /**
   * Says what a run would do and cost, without loading weights; they need not even be there.
   *
   * @throws DiagnosticException with everything that is wrong
   */
  public Explained explain(Options options) {
    ModelChoice choice = ModelChoice.of(spec.model(), options);
    ModelFiles files = files(choice);
    Devices devices = devices(files, choice, options);
    return explained(compiled(files, options), files, choice, devices, options, Optional.empty());
  }

  /**
   * Explains the experiment and runs it, measuring every step. No metric is computed.
   *
   * @throws DiagnosticException with everything that is wrong
   * @throws org.intervene.execute.ExecutionStopped if the thread was interrupted
   */
  public Explained analyze(Options options, Progress progress) {
    ModelChoice choice = ModelChoice.of(spec.model(), options);
    ModelFiles files = files(choice);
    Compiled compiled = compiled(files, options);
    options.threads().ifPresent(TorchRuntime.start()::threads);
    StepTimes times = new StepTimes(progress);
    Devices devices = devices(files, choice, options);
    Planned planned = Planned.of(compiled.plan(), choice, devices, options, true);
    try (LoadedModel model = loaded(planned, files, choice, devices, options)) {
      planned.execute(model, times, Journal.NONE, Scratch.folder());
    }
    return explained(compiled, files, choice, devices, options, Optional.of(times));
  }

  private Explained explained(
      Compiled compiled,
      ModelFiles files,
      ModelChoice choice,
      Devices devices,
      Options options,
      Optional<StepTimes> times) {
    Architecture architecture = files.described().architecture();
    Planned planned = Planned.of(compiled.plan(), choice, devices, options, true);
    Explanation explanation = planned.explained();
    boolean naive = options.strategy() == Options.Strategy.NAIVE;
    return new Explained(
        spec.experiment().text(),
        files.resolved().shown(),
        architecture.facts(),
        choice.dtype().spelled(),
        files.tokenizer().map(t -> t.policy().shown()).orElse("none"),
        devices.shown().orElse(""),
        options.strategy(),
        explanation,
        times.map(t -> t.of(explanation.steps(), naive)).orElse(List.of()),
        compiled.notes());
  }

  /** The same experiment on another model than the spec's. */
  public Experiment on(String model) {
    ModelClause clause = spec.model();
    Word source = new Word(clause.source().span(), model);
    return new Experiment(reading, spec.withModel(clause.from(source)), folder, gpus);
  }

  /**
   * The same experiment with other GPUs than this machine's where {@code device auto} chooses.
   *
   * @param list may hold devices that stand in for GPUs, {@code cpu:0} and so on
   */
  public Experiment over(List<FreeMemory> list) {
    List<FreeMemory> own = List.copyOf(list);
    return new Experiment(reading, spec, folder, () -> own);
  }

  /** The oracle shares as little as can be with what it is to judge: not even its products. */
  private static LoadedModel loaded(
      Planned planned, ModelFiles files, ModelChoice choice, Devices devices, Options options) {
    planned.prepare();
    if (!choice.isAutomatic()) {
      choice.onMachine(); // or it says that it is not there
    }
    boolean oracle = options.strategy() == Options.Strategy.NAIVE;
    return LoadedModel.load(
        files.resolved().path(),
        choice.dtype(),
        devices.placement(),
        oracle ? Products.PLAIN : Products.PACKED);
  }

  private Devices devices(ModelFiles files, ModelChoice choice, Options options) {
    return Devices.of(files.described().architecture(), choice, options, gpus);
  }

  private ModelFiles files(ModelChoice choice) {
    return ModelFiles.of(spec.model(), reading.source().name(), folder, choice.bos());
  }

  private Compiled compiled(ModelFiles files, Options options) {
    return new SpecCompiler(
            files.described().architecture().facts(),
            files.tokenizer().map(t -> (Tokenizer) t),
            folder,
            reading.source().name())
        .compile(spec, options.parameters());
  }

  private Result result(
      Compiled compiled,
      Execution execution,
      ModelFiles files,
      ModelDigests digests,
      ModelChoice choice,
      Devices devices,
      Options options) {
    MetricTables tables =
        new MetricTables(
            spec,
            compiled.plan(),
            compiled.checked().symbols().parameters(),
            compiled.columns(),
            CellValues.of(execution));
    AxisLabels labels =
        new AxisLabels(
            compiled.plan(),
            id -> files.tokenizer().map(t -> t.show(id)).orElse(Integer.toString(id)));
    List<Diagnostic> notes = new ArrayList<>(compiled.notes());
    return Result.of(
        spec,
        compiled.plan(),
        execution,
        tables,
        Printer::line,
        Origins.of(reading, compiled, files, digests, choice, devices, options),
        labels,
        notes);
  }
}
