package org.intervene.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.experiment.Explained;
import org.intervene.read.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene explain}. */
@Command(
    description =
        "Shows what a run would do and cost: cells, what each rule of the planner saves, and the"
            + " steps that are left. Needs no weights.",
    footer = {
      "",
      "Examples:",
      "  intervene explain specs/subject-tracing.ivn",
      "  intervene explain --analyze specs/subject-tracing.ivn",
      "  intervene explain --plan strict --set layers=12 spec.ivn"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Option(
      names = "--analyze",
      description = "runs it too, and puts measured time, speed and memory beside each step")
  boolean analyze;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "another model than the spec's: builtin:NAME, a directory, or hf:ORG/NAME")
  Optional<String> model = Optional.empty();

  @Parameters(paramLabel = "SPEC", description = "a file ending in .ivn or .yaml")
  Path spec;

  ExplainCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    return SpecFile.with(
        spec,
        reporter,
        (reading, notes) -> {
          Explained explained = explained(reading, reporter);
          reporter.diagnostics(explained.notes(), Optional.of(reading.source()));
          ExplainLines.of(explained).forEach(line -> reporter.event(line.event(), line.content()));
          ExplainText.of(explained, reporter.screen()).forEach(reporter::say);
          return ExitStatus.DONE;
        });
  }

  private Explained explained(Reading reading, Reporter reporter) {
    Pipeline.Explaining what = new Pipeline.Explaining(options.settings(), model, analyze);
    return ShownProgress.during(reporter, progress -> pipeline.explain(reading, what, progress));
  }
}
