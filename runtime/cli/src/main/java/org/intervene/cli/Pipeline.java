package org.intervene.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.execute.Progress;
import org.intervene.experiment.Explained;
import org.intervene.experiment.Options;
import org.intervene.journal.JournalSource;
import org.intervene.lock.Pins;
import org.intervene.model.ModelFacts;
import org.intervene.read.Reading;
import org.intervene.result.Result;

/**
 * What the commands ask of the stages behind them. Every method stops with a {@link
 * org.intervene.diagnostic.DiagnosticException} that lists all that is wrong.
 */
interface Pipeline {
  /**
   * Checks a spec without loading weights.
   *
   * @param notes hears remarks that stop nothing
   */
  Work check(Reading reading, Options options, Consumer<Diagnostic> notes);

  /**
   * Checks a spec, carries it out and computes its metrics.
   *
   * @param gate sees what the spec's words stand for before any weight is loaded
   * @param journals where the run writes down what it has finished
   */
  Result run(
      Reading reading,
      Options options,
      Progress progress,
      Consumer<Diagnostic> notes,
      Consumer<Pins> gate,
      JournalSource journals);

  /** Checks a spec, carries it out and computes its metrics; nothing is written down meanwhile. */
  default Result run(
      Reading reading,
      Options options,
      Progress progress,
      Consumer<Diagnostic> notes,
      Consumer<Pins> gate) {
    return run(reading, options, progress, notes, gate, JournalSource.NONE);
  }

  /** Checks a spec, carries it out and computes its metrics, whatever its words stand for. */
  default Result run(
      Reading reading, Options options, Progress progress, Consumer<Diagnostic> notes) {
    return run(reading, options, progress, notes, pins -> {}, JournalSource.NONE);
  }

  /** What a spec's words stand for on this machine. */
  Pins pins(Reading reading);

  /** Says what a spec would do and cost; loads weights only if it is to be measured. */
  Explained explain(Reading reading, Explaining what, Progress progress);

  /** What is known about a model without its weights. */
  ModelFacts describe(String model);

  /** What a model's files say, tokenizer and weights included. */
  ModelDetails details(String model);

  /** Models that need no download. */
  List<Builtin> builtins();

  /**
   * What is to be explained.
   *
   * @param model instead of the spec's
   * @param measured whether it is run, too
   */
  record Explaining(Options options, Optional<String> model, boolean measured) {}

  /**
   * How much there is to do.
   *
   * @param cells forward passes of the naive plan
   */
  record Work(int runs, long cells) {}

  /**
   * A model that comes with the program.
   *
   * @param source what a spec writes, such as {@code builtin:primer}
   */
  record Builtin(String source, ModelFacts facts) {}
}
