package org.intervene.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.execute.Progress;
import org.intervene.experiment.Experiment;
import org.intervene.experiment.Options;
import org.intervene.golden.Comparison;
import org.intervene.golden.Golden;
import org.intervene.golden.GoldenFile;
import org.intervene.golden.Made;
import org.intervene.golden.Tolerances;
import org.intervene.lock.Lock;
import org.intervene.lock.Pins;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;

/** Runs a spec again and holds it against its lock and its golden result. */
public final class Replay {
  private final Runner runner;
  private final Options options;
  private final boolean updating;

  /**
   * @param updating whether a lock or golden result that is missing, older than the spec's words or
   *     broken stops nothing, since it is about to be written
   */
  public Replay(Runner runner, Options options, boolean updating) {
    this.runner = runner;
    this.options = options;
    this.updating = updating;
  }

  /** A replay of specs as they are, on one machine. */
  public static Replay of(Options options) {
    return new Replay(
        (reading, chosen, gate) ->
            Experiment.of(reading, folder(reading)).run(chosen, Progress.NONE, note -> {}, gate),
        options,
        false);
  }

  private static Path folder(Reading reading) {
    return Path.of(reading.source().name()).toAbsolutePath().getParent();
  }

  /** Runs one spec; whatever is wrong is part of what is returned. */
  public Replayed run(Path file) {
    long started = System.nanoTime();
    Reading reading = SpecReader.read(file);
    List<Diagnostic> broken = new ArrayList<>();
    try {
      Spec spec =
          reading
              .spec()
              .orElseThrow(
                  () ->
                      new DiagnosticException(
                          DiagnosticException.Kind.SPEC, reading.diagnostics()));
      Lock lock = Lock.of(file);
      Optional<Golden> golden = golden(file, spec, broken);
      Result result = runner.run(reading, on(lock, spec), gate(lock));
      return replayed(file, reading, result, golden, broken, started);
    } catch (DiagnosticException e) {
      return new Replayed(
          file,
          line(e.diagnostics(), reading),
          reading.source(),
          since(started),
          Optional.of(e.kind()),
          e.diagnostics(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** The line of the first error that has one. */
  private static int line(List<Diagnostic> errors, Reading reading) {
    return errors.stream()
        .map(Diagnostic::place)
        .filter(place -> place.file().isEmpty() || place.file().equals(reading.source().name()))
        .mapToInt(place -> place.span().line())
        .filter(line -> line > 0)
        .findFirst()
        .orElse(1);
  }

  /**
   * The golden result.
   *
   * @param broken gets what is wrong with a file that is about to be replaced
   */
  private Optional<Golden> golden(Path file, Spec spec, List<Diagnostic> broken) {
    if (spec.golden().isEmpty()) {
      return Optional.empty();
    }
    GoldenFile pinned = GoldenFile.of(file);
    Optional<Golden> golden = Optional.empty();
    try {
      golden = pinned.read();
    } catch (DiagnosticException e) {
      if (!updating) {
        throw e;
      }
      broken.addAll(e.diagnostics());
    }
    if (golden.isEmpty() && !updating) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "golden.missing",
              pinned.path().toString(),
              "the spec asks for a golden result, and there is none",
              "write it with `intervene replay --update --yes`, and commit it with the spec"));
    }
    return golden;
  }

  /** The kind of device that is locked, where nothing else names one. */
  private Options on(Lock lock, Spec spec) {
    boolean open =
        options.device().isEmpty()
            && spec.model().device().filter(word -> !word.text().equals("auto")).isEmpty();
    return lock.locked()
        .filter(pins -> open)
        .map(pins -> options.on(pins.model().device()))
        .orElse(options);
  }

  private Consumer<Pins> gate(Lock lock) {
    return updating ? lock::require : lock::requireWhole;
  }

  private Replayed replayed(
      Path file,
      Reading reading,
      Result result,
      Optional<Golden> golden,
      List<Diagnostic> broken,
      long started) {
    Spec spec = reading.spec().orElseThrow();
    Optional<GoldenClause> clause = spec.golden();
    Made made = Made.of(result.provenance(), threads());
    Optional<Golden> seen = clause.map(c -> Golden.of(spec, c, result, made));
    return new Replayed(
        file,
        clause.map(c -> c.span().line()).orElse(1),
        reading.source(),
        since(started),
        Optional.empty(),
        broken,
        result.expectations().stream().filter(e -> !e.passed()).toList(),
        seen,
        golden.map(Golden::made),
        golden.map(g -> Comparison.of(g, seen.orElseThrow(), new Tolerances(clause.get()))));
  }

  private int threads() {
    return options.threads().orElseGet(TorchRuntime.start()::threads);
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
