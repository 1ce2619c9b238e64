package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.bundle.Bundle;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.experiment.Options;
import org.intervene.lock.Lock;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene bundle}. */
@Command(
    name = "bundle",
    description = "Runs an experiment and puts it and its result into one file for others.",
    footer = {
      "",
      "The file holds the spec with its data, lock and golden result, what `run -o` writes,",
      "RO-Crate metadata, a citation and a digest for each file. Weights are named, not copied.",
      "",
      "Example:",
      "  intervene bundle specs/subject-tracing.ivn -o subject-tracing.zip"
    })
final class BundleCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "the archive, such as x.zip; an older one is replaced")
  Path target;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "of publication, in the metadata; default: today")
  LocalDate date = LocalDate.now(ZoneOffset.UTC);

  @Parameters(paramLabel = "SPEC", description = "a file ending in .ivn or .yaml")
  Path spec;

  BundleCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    Reading reading = SpecReader.read(spec);
    List<Diagnostic> notes = new ArrayList<>();
    try {
      SpecFile.require(reading);
      Locking locking = new Locking(Lock.of(spec), false, reporter, notes);
      Options settings = locking.pinned(options.settings(), reading.spec().orElseThrow());
      Result result =
          ShownProgress.during(
              reporter, progress -> pipeline.run(reading, settings, progress, notes::add, locking));
      locking.keep();
      Bundle.make(spec, result, date, target);
      reporter.diagnostics(notes, Optional.of(reading.source()));
      reporter.say("wrote " + Screen.safe(target.toString()));
      reporter.event(
          "bundled", JsonNodeFactory.instance.objectNode().put("file", target.toString()));
      if (!result.passed()) {
        reporter.remark("an expectation of the spec failed; the bundle says so");
      }
      return result.passed() ? ExitStatus.DONE : ExitStatus.FAILED;
    } catch (DiagnosticException e) {
      notes.addAll(e.diagnostics());
      reporter.diagnostics(notes.stream().sorted().toList(), Optional.of(reading.source()));
      return ExitStatus.of(e.kind());
    }
  }
}
