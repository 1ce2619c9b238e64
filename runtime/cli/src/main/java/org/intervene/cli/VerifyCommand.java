package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.ast.ModelClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.bundle.Rerun;
import org.intervene.bundle.UnpackedBundle;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.result.MetricsCsv;
import org.intervene.result.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene verify}. */
@Command(
    name = "verify",
    description = "Checks that a bundle is whole and that its spec still gives its numbers.",
    footer = {
      "",
      "Examples:",
      "  intervene verify subject-tracing.zip",
      "  intervene verify theirs.zip --model /models/gpt2",
      "",
      "Exit status: 0 all is as it was; 1 a number moved; 3 the bundle was changed, or something",
      "that its spec needs is missing."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SpecOptions options = new SpecOptions();

  @Option(names = "--no-replay", description = "checks the files and runs nothing")
  boolean noReplay;

  @Option(
      names = "--model",
      paramLabel = "SOURCE",
      description = "where the model is, if the spec names a folder of its author's")
  Optional<String> model = Optional.empty();

  @Parameters(paramLabel = "BUNDLE", description = "a file that `intervene bundle` made")
  Path file;

  VerifyCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    try (UnpackedBundle bundle = UnpackedBundle.open(file)) {
      reporter.say(bundle.files() + " files, each as it was put in; spec and result match");
      reporter.event("whole", JsonNodeFactory.instance.objectNode().put("files", bundle.files()));
      return noReplay ? ExitStatus.DONE : replay(bundle, reporter);
    }
  }

  private int replay(UnpackedBundle bundle, Reporter reporter) {
    Reading reading = located(SpecReader.read(bundle.spec()));
    List<Diagnostic> notes = new ArrayList<>();
    try {
      Result result =
          ShownProgress.during(
              reporter,
              progress -> pipeline.run(reading, options.settings(), progress, notes::add));
      Rerun rerun = Rerun.compare(bundle.metrics(), MetricsCsv.of(result.tables()));
      show(rerun, reporter);
      return rerun.agrees() ? ExitStatus.DONE : ExitStatus.FAILED;
    } catch (DiagnosticException e) {
      notes.addAll(e.diagnostics());
      reporter.diagnostics(notes.stream().sorted().toList(), Optional.of(reading.source()));
      return ExitStatus.of(e.kind());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read a moment ago
    }
  }

  /** The spec with its model where it is on this machine. */
  private Reading located(Reading reading) {
    if (model.isEmpty() || reading.spec().isEmpty()) {
      return reading;
    }
    Spec spec = reading.spec().get();
    ModelClause said = spec.model();
    Word source = new Word(said.source().span(), model.get());
    ModelClause there =
        new ModelClause(said.span(), source, said.dtype(), said.device(), said.bos());
    return new Reading(
        reading.source(),
        Optional.of(spec.withModel(there)),
        reading.diagnostics(),
        reading.comments());
  }

  private void show(Rerun rerun, Reporter reporter) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("values", rerun.values()).put("agrees", rerun.agrees());
    event.put("difference", rerun.worst()).put("where", rerun.where());
    reporter.event("replayed", event);
    if (rerun.worst() == 0) {
      reporter.say(
          String.format(Locale.ROOT, "replayed: %,d values, all the same", rerun.values()));
    } else {
      reporter.say(
          String.format(
              Locale.ROOT,
              "replayed: %,d values; the largest difference is %.3g, at %s%s",
              rerun.values(),
              rerun.worst(),
              rerun.where(),
              rerun.agrees() ? "" : String.format(Locale.ROOT, "; more than %g", Rerun.TOLERANCE)));
    }
  }
}
