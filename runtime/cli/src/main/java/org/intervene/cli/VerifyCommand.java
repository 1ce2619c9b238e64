package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.ast.Spec;
import org.intervene.bundle.Rerun;
import org.intervene.bundle.UnpackedBundle;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.golden.GoldenFile;
import org.intervene.lock.LockFile;
import org.intervene.lock.Pins;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;
import org.intervene.replay.Replay;
import org.intervene.replay.Replayed;
import org.intervene.replay.Runner;
import org.intervene.result.MetricsCsv;
import org.intervene.result.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene verify}. */
@Command(
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
    Path spec = bundle.spec();
    boolean asked = SpecReader.read(spec).spec().flatMap(Spec::golden).isPresent();
    boolean golden = asked && Files.exists(GoldenFile.of(spec).path());
    boolean locked = Files.exists(LockFile.of(spec).path());
    return golden && locked ? againstGolden(spec, reporter) : againstResult(bundle, reporter);
  }

  /** Against the golden result, with the tolerances that the spec gives. */
  private int againstGolden(Path spec, Reporter reporter) {
    Optional<Pins> locked = LockFile.of(spec).read();
    Runner runner =
        (reading, settings, gate) ->
            ShownProgress.during(
                reporter,
                progress ->
                    pipeline.run(
                        model().located(reading),
                        settings,
                        progress,
                        note -> {},
                        pins -> gate.accept(model().named(pins, locked))));
    Replayed replayed = new Replay(runner, options.settings(), false).run(spec);
    if (replayed.stopped().isPresent()) {
      reporter.diagnostics(replayed.errors(), Optional.of(replayed.source()));
      return ExitStatus.of(replayed.stopped().get());
    }
    boolean agrees = replayed.comparison().orElseThrow().holds();
    reporter.say("replayed: " + Screen.safe(replayed.summary()));
    new ReplayText(reporter).moved(List.of(replayed));
    reporter.event("replayed", ReplayText.json(replayed).put("agrees", agrees));
    return agrees ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private int againstResult(UnpackedBundle bundle, Reporter reporter) {
    Reading reading = model().located(SpecReader.read(bundle.spec()));
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
    }
  }

  private ElsewhereModel model() {
    return new ElsewhereModel(model);
  }

  private void show(Rerun rerun, Reporter reporter) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("values", rerun.values()).put("agrees", rerun.agrees());
    event.put("difference", Double.isFinite(rerun.worst()) ? rerun.worst() : null);
    event.put("where", rerun.where());
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
              Screen.safe(rerun.where()),
              rerun.agrees() ? "" : String.format(Locale.ROOT, "; more than %g", Rerun.TOLERANCE)));
    }
  }
}
