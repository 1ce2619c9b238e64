package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.experiment.Options;
import org.intervene.journal.JournalFile;
import org.intervene.journal.JournalSource;
import org.intervene.lock.Lock;
import org.intervene.read.Reading;
import org.intervene.result.Result;
import org.intervene.result.ResultDirectory;
import org.intervene.result.RunInfo;
import org.intervene.track.Tracker;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code intervene run}. */
@Command(
    description = "Runs an experiment and shows what came out.",
    footer = {
      "",
      "Examples:",
      "  intervene run specs/subject-tracing.ivn -o results/subject-tracing",
      "  intervene run specs/subject-tracing.ivn --track http://localhost:5000",
      "",
      "Exit status: 0 all expectations held; 1 one failed; 2 the spec is wrong; 3 something that it"
          + " needs is missing or broken; 4 the memory does not suffice; 130 interrupted."
    })
final class RunCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "writes the result there; an older result is replaced when this one is whole")
  Optional<Path> directory = Optional.empty();

  @Option(
      names = "--relock",
      description = "accepts another model, tokenizer or data than the lock file's, and says which")
  boolean relock;

  @Option(
      names = "--track",
      paramLabel = "DIR|URL",
      description =
          "sends the finished run to MLflow too: a server's address, or a directory in the layout"
              + " of its file store")
  Optional<String> track = Optional.empty();

  @ArgGroup(exclusive = true)
  Unfinished unfinished = new Unfinished();

  @Parameters(paramLabel = "SPEC", description = "a file ending in .ivn or .yaml")
  Path spec;

  /** What to do with a run into the same place that was stopped. */
  static final class Unfinished {
    @Option(
        names = "--resume",
        description = "goes on with a run into DIR that was stopped; the result has the same bytes")
    boolean resume;

    @Option(
        names = "--restart",
        description = "drops what a run into DIR that was stopped finished")
    boolean restart;

    JournalFile.Mode mode() {
      if (resume) {
        return JournalFile.Mode.RESUME;
      }
      return restart ? JournalFile.Mode.RESTART : JournalFile.Mode.NEW;
    }
  }

  RunCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    Optional<Tracking> tracking = track.map(place -> tracking(place, reporter));
    Instant started = Instant.now();
    return SpecFile.with(
        spec, reporter, (reading, notes) -> run(reading, notes, started, tracking, reporter));
  }

  private int run(
      Reading reading,
      List<Diagnostic> notes,
      Instant started,
      Optional<Tracking> tracking,
      Reporter reporter) {
    requireDirectory();
    Optional<ResultDirectory> target = directory.map(ResultDirectory::open);
    Locking locking = locking(reporter, notes);
    try (Resuming resuming = new Resuming(target, unfinished.mode(), typed(), reporter)) {
      Result result = computed(reading, reporter, notes, locking, resuming);
      Duration wall = Duration.between(started, Instant.now());
      RunInfo info = RunDetails.of(this, result, started, wall);
      target.ifPresent(t -> t.write(result, info));
      resuming.done();
      try {
        locking.keep();
      } finally { // a lock that cannot be written does not take the result with it
        tracking.flatMap(t -> t.track(result, info, directory)).ifPresent(notes::add);
        reporter.diagnostics(notes, Optional.of(reading.source()));
        show(result, wall, reporter);
      }
      return result.passed() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
  }

  private void requireDirectory() {
    boolean naive = options.plan == Options.Strategy.NAIVE;
    if (unfinished.mode() != JournalFile.Mode.NEW && (directory.isEmpty() || naive)) {
      throw new ParameterException(
          options.command.commandLine(),
          naive
              ? "`--plan naive` writes nothing down as it goes on, so it cannot be resumed"
              : "`--resume` and `--restart` need the `-o` of the run that was stopped");
    }
  }

  private List<String> typed() {
    return options.command.root().commandLine().getParseResult().originalArgs();
  }

  private Tracking tracking(String place, Reporter reporter) {
    try {
      return new Tracking(Tracker.of(place, terminal.environment()), spec, reporter);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(options.command.commandLine(), "--track: " + e.getMessage(), e);
    }
  }

  private Locking locking(Reporter reporter, List<Diagnostic> notes) {
    return new Locking(relock ? Lock.forgetting(spec) : Lock.of(spec), relock, reporter, notes);
  }

  private Result computed(
      Reading reading,
      Reporter reporter,
      List<Diagnostic> notes,
      Locking locking,
      JournalSource journals) {
    Options settings = locking.pinned(options.settings(), reading.spec().orElseThrow());
    return ShownProgress.during(
        reporter,
        progress -> pipeline.run(reading, settings, progress, notes::add, locking, journals));
  }

  private void show(Result result, Duration wall, Reporter reporter) {
    ResultLines.of(result).forEach(line -> reporter.event(line.event(), line.content()));
    SummaryText.of(result, reporter.screen()).forEach(reporter::say);
    ObjectNode done = JsonNodeFactory.instance.objectNode().put("passed", result.passed());
    directory.ifPresent(d -> done.put("directory", d.toString()));
    reporter.event("done", done);
    reporter.say("");
    reporter.say(
        String.format(
            Locale.ROOT,
            "%,d %s in %.1f s%s",
            result.plan().cells().size(),
            result.plan().cells().size() == 1 ? "cell" : "cells",
            wall.toMillis() / 1000.0,
            directory.map(d -> "; result in " + d).orElse("")));
  }
}
