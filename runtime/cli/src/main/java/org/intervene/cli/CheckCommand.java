package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.experiment.Options;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intervene check}. */
@Command(
    name = "check",
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
    int worst = ExitStatus.DONE;
    for (Path spec : specs) {
      worst = Math.max(worst, check(spec, settings, reporter));
    }
    return worst;
  }

  private int check(Path file, Options settings, Reporter reporter) {
    Reading reading = SpecReader.read(file);
    List<Diagnostic> notes = new ArrayList<>();
    try {
      SpecFile.require(reading);
      Pipeline.Work work = pipeline.check(reading, settings, notes::add);
      reporter.diagnostics(notes, Optional.of(reading.source()));
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
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      notes.addAll(e.diagnostics());
      reporter.diagnostics(notes.stream().sorted().toList(), Optional.of(reading.source()));
      return ExitStatus.of(e.kind());
    }
  }
}
