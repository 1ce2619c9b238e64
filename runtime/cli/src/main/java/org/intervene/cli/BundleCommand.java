package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.Spec;
import org.intervene.bundle.Bundle;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.experiment.Options;
import org.intervene.golden.Comparison;
import org.intervene.golden.Golden;
import org.intervene.golden.GoldenFile;
import org.intervene.golden.Tolerances;
import org.intervene.lock.Lock;
import org.intervene.read.Reading;
import org.intervene.result.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code intervene bundle}. */
@Command(
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
    if (!options.set.isEmpty() || options.dtype.isPresent()) {
      throw new ParameterException(
          options.command.commandLine(),
          "a bundle holds what its spec gives as it is written: "
              + (options.set.isEmpty() ? "--dtype" : "--set")
              + " cannot be used");
    }
    Reporter reporter = new Reporter(terminal, output);
    return SpecFile.with(spec, reporter, (reading, notes) -> bundle(reading, notes, reporter));
  }

  private int bundle(Reading reading, List<Diagnostic> notes, Reporter reporter) {
    Spec words = reading.spec().orElseThrow();
    Bundle.require(spec, words, target);
    Optional<Golden> golden = words.golden().flatMap(clause -> GoldenFile.of(spec).read());
    Locking locking = new Locking(Lock.of(spec), false, reporter, notes);
    Options settings = locking.pinned(options.settings(), words);
    Result result =
        ShownProgress.during(
            reporter, progress -> pipeline.run(reading, settings, progress, notes::add, locking));
    locking.keep();
    Bundle.make(spec, result, date, target);
    reporter.diagnostics(notes, Optional.of(reading.source()));
    reporter.say("wrote " + Screen.safe(target.toString()));
    reporter.event("bundled", JsonNodeFactory.instance.objectNode().put("file", target.toString()));
    if (!result.passed()) {
      reporter.remark("an expectation of the spec failed; the bundle says so");
    }
    boolean holds = golden.map(g -> holds(g, words, result)).orElse(true);
    if (!holds) {
      reporter.remark(
          "the golden result in the bundle is not what this run gave: `intervene replay "
              + spec
              + "` shows what moved");
    }
    return result.passed() && holds ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static boolean holds(Golden golden, Spec words, Result result) {
    GoldenClause clause = words.golden().orElseThrow();
    Golden seen = Golden.of(words, clause, result, golden.made());
    return Comparison.of(golden, seen, new Tolerances(clause)).holds();
  }
}
