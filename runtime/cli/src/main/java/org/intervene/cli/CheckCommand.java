package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.experiment.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intervene check}. */
@Command(
    description = "Says what is wrong with specs, before any weight is loaded.",
    footer = {"", "Example:", "  intervene check specs/*.ivn"})
final class CheckCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Parameters(arity = "1..*", paramLabel = "SPEC", description = "files ending in .ivn or .yaml")
  List<Path> specs = new ArrayList<>();

  CheckCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    Options settings = options.settings();
    return SpecFile.each(
        specs,
        reporter,
        (file, reading, notes) -> {
          Pipeline.Work work = pipeline.check(reading, settings, notes::add);
          reporter.diagnostics(notes, Optional.of(reading.source()));
          say(file, work, reporter);
        });
  }

  private static void say(Path file, Pipeline.Work work, Reporter reporter) {
    reporter.say(
        String.format(
            Locale.ROOT,
            "%s: correct; %d runs, %,d cells",
            Screen.safe(file.toString()),
            work.runs(),
            work.cells()));
    reporter.event(
        "checked",
        JsonNodeFactory.instance
            .objectNode()
            .put("spec", file.toString())
            .put("runs", work.runs())
            .put("cells", work.cells()));
  }
}
