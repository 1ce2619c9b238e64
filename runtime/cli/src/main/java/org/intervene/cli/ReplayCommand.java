package org.intervene.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.execute.Progress;
import org.intervene.replay.Annotations;
import org.intervene.replay.JunitXml;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
import org.intervene.replay.SpecFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code intervene replay}. */
@Command(
    description = "Runs specs again and says what moved from their golden results, and how far.",
    footer = {
      "",
      "Examples:",
      "  intervene replay specs examples --junit replay.xml",
      "  intervene replay specs/subject-tracing.ivn --update --yes",
      "",
      "Exit status: 0 nothing moved; 1 a value or an expectation did; 2 a spec is wrong; 3 the model,"
          + " the tokenizer or the data are not the locked ones, or something is missing or broken;"
          + " 4 the memory does not suffice; 130 interrupted."
    })
final class ReplayCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "writes a report in JUnit's XML form, for CI systems")
  Optional<Path> junit = Optional.empty();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "specs that run at a time; --memory is for each of them (default: 1)")
  int jobs = 1;

  @Option(
      names = "--update",
      description = "shows what golden results would become, and with --yes writes them")
  boolean update;

  @Option(names = "--yes", description = "writes what --update shows")
  boolean yes;

  @Parameters(
      arity = "1..*",
      paramLabel = "SPEC|DIR",
      description = "specs, or directories with specs in them")
  List<Path> places = new ArrayList<>();

  ReplayCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (jobs < 1) {
      throw new ParameterException(options.command.commandLine(), "--jobs has to be at least 1");
    } else if (yes && !update) {
      throw new ParameterException(
          options.command.commandLine(), "--yes has nothing to write without --update");
    } else if (!options.set.isEmpty() || (update && options.dtype.isPresent())) {
      throw new ParameterException(
          options.command.commandLine(),
          "a golden result is that of the spec as it is written: "
              + (options.set.isEmpty()
                  ? "--dtype cannot be used with --update"
                  : "--set cannot be used"));
    }
    Reporter reporter = new Reporter(terminal, output);
    ReplayText text = new ReplayText(reporter);
    List<Replayed> all = replayed(SpecFiles.in(places), text);
    text.moved(all);
    junit.ifPresent(file -> write(file, JunitXml.of(all)));
    if ("true".equals(terminal.environment().get("GITHUB_ACTIONS"))) {
      // where --json has no lines; GitHub reads both streams
      all.stream().filter(r -> !r.passed()).map(Annotations::of).forEach(terminal.err()::println);
    }
    int worst = all.stream().mapToInt(this::status).max().orElse(ExitStatus.DONE);
    return update ? Math.max(worst, new GoldenUpdate(pipeline, reporter, yes).all(all)) : worst;
  }

  /** All specs, reported in their order as soon as those before are done. */
  private List<Replayed> replayed(List<Path> specs, ReplayText text) {
    Replay replay =
        new Replay(
            (reading, settings, gate) ->
                pipeline.run(reading, settings, Progress.NONE, note -> {}, gate),
            options.settings(),
            update);
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Replayed>> running =
          specs.stream().map(spec -> workers.submit(() -> replay.run(spec))).toList();
      List<Replayed> done = new ArrayList<>();
      for (Future<Replayed> one : running) {
        Replayed replayed = result(one);
        text.line(replayed);
        done.add(replayed);
      }
      return done;
    } finally {
      workers.shutdownNow();
    }
  }

  private static Replayed result(Future<Replayed> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      } else if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private int status(Replayed replayed) {
    if (replayed.stopped().isPresent()) {
      return ExitStatus.of(replayed.stopped().get());
    }
    boolean fails = update ? !replayed.expectations().isEmpty() : !replayed.passed();
    return fails ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  private static void write(Path file, String xml) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, xml);
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "file.write-failed",
              file.toString(),
              "the report cannot be written here",
              "choose another file, or free the space or permission that it needs"));
    }
  }
}
