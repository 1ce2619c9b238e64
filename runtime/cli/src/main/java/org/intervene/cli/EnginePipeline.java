package org.intervene.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.source.Builtins;
import org.intervene.engine.source.ModelSource;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Explained;
import org.intervene.experiment.Options;
import org.intervene.journal.JournalSource;
import org.intervene.lock.Pins;
import org.intervene.model.ModelFacts;
import org.intervene.model.directory.ModelDirectory;
import org.intervene.read.Reading;
import org.intervene.result.Result;

/** The real stages. */
final class EnginePipeline implements Pipeline {
  private final Supplier<TorchRuntime> starter;

  EnginePipeline() {
    this(TorchRuntime::start);
  }

  EnginePipeline(Supplier<TorchRuntime> starter) {
    this.starter = starter;
  }

  @Override
  public Work check(Reading reading, Options options, Consumer<Diagnostic> notes) {
    Compiled compiled = experiment(reading).check(options);
    compiled.notes().forEach(notes);
    return new Work(compiled.plan().runs().size(), compiled.plan().cells().size());
  }

  @Override
  public Result run(
      Reading reading,
      Options options,
      Progress progress,
      Consumer<Diagnostic> notes,
      Consumer<Pins> gate,
      JournalSource journals) {
    Experiment experiment = experiment(reading);
    // the engine's libraries load while the spec is checked; a failure shows when they are used
    CompletableFuture<TorchRuntime> engine = CompletableFuture.supplyAsync(starter);
    try {
      return experiment.run(options, progress, notes, gate, journals);
    } finally {
      loaded(engine);
    }
  }

  /** Waits: a process that ends while libtorch is being loaded is aborted by its destructors. */
  private static void loaded(CompletableFuture<TorchRuntime> engine) {
    engine.handle((runtime, failure) -> runtime).join();
  }

  @Override
  public Pins pins(Reading reading) {
    return experiment(reading).pins();
  }

  @Override
  public Explained explain(Reading reading, Explaining what, Progress progress) {
    Experiment own = experiment(reading);
    Experiment experiment = what.model().map(own::on).orElse(own);
    return what.measured()
        ? experiment.analyze(what.options(), progress)
        : experiment.explain(what.options());
  }

  private static Experiment experiment(Reading reading) {
    Path file = Path.of(reading.source().name()).toAbsolutePath();
    return Experiment.of(reading, file.getParent());
  }

  @Override
  public ModelFacts describe(String model) {
    Path directory = ModelSource.resolve(model, Path.of("").toAbsolutePath()).path();
    return ModelDirectory.describe(directory).architecture().facts();
  }

  @Override
  public ModelDetails details(String model) {
    return ModelDetails.of(model);
  }

  @Override
  public List<Builtin> builtins() {
    return Builtins.list().stream()
        .map(name -> "builtin:" + name)
        .map(source -> new Builtin(source, describe(source)))
        .toList();
  }
}
