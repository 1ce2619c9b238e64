package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubName;
import org.intervene.engine.source.UserPlaces;
import org.intervene.engine.source.pull.Pull;
import org.intervene.engine.source.pull.PullProgress;
import org.intervene.engine.source.pull.Pulled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intervene pull}. */
@Command(
    description =
        "Downloads a model of the Hugging Face hub: config.json, safetensors and tokenizer files,"
            + " never pickles and never code. What is here already is not fetched again, and what"
            + " was cut off goes on. Python's tools find the model in the same cache.",
    footer = {
      "",
      "Example:",
      "  intervene pull hf:HuggingFaceTB/SmolLM2-135M@main",
      "",
      "HF_HUB_CACHE or HF_HOME say where the cache is, HF_ENDPOINT which hub is asked. The token is"
          + " HF_TOKEN, or else the one that `hf auth login` wrote.",
      "",
      "Exit status: 0 the model is here; 2 the name is not a hub model's; 3 it could not be"
          + " downloaded; 130 interrupted."
    })
final class PullCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "MODEL",
      description =
          "hf:ORG/NAME@REVISION; the revision is a branch, a tag or a commit, main unless said")
  String model;

  PullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    try {
      say(pulled(HubArgument.parse(model), reporter), reporter);
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      if (Thread.currentThread().isInterrupted()) {
        reporter.remark("the same command goes on where this one stopped");
        return ExitStatus.INTERRUPTED;
      }
      reporter.diagnostics(e.diagnostics(), Optional.empty());
      return ExitStatus.of(e.kind());
    }
  }

  private Pulled pulled(HubName name, Reporter reporter) {
    Path home = Path.of(System.getProperty("user.home"));
    UserPlaces places = new UserPlaces(terminal.environment()::get, home);
    Optional<ProgressBar> bar = reporter.progress(ProgressBar.Units.BYTES);
    try {
      return Pull.pull(name, places, bar.<PullProgress>map(Shown::new).orElse((f, d, t) -> {}));
    } finally {
      bar.ifPresent(ProgressBar::clear);
    }
  }

  /** Progress that is shown as a bar. */
  private record Shown(ProgressBar bar) implements PullProgress {
    @Override
    public void reached(String file, long done, long total) {
      bar.reached(done, total);
    }
  }

  private static void say(Pulled pulled, Reporter reporter) {
    String pinned = "hf:" + pulled.name().repository() + "@" + pulled.commit();
    reporter.say(reporter.screen().bold(pinned));
    reporter.say(
        String.format(
            Locale.ROOT,
            "%d files, %s downloaded, in %s",
            pulled.files().size(),
            pulled.downloaded() == 0 ? "nothing" : ByteSize.shown(pulled.downloaded()),
            pulled.snapshot()));
    if (!HubName.isCommit(pulled.name().revision())) {
      reporter.say("`" + pulled.name().revision() + "` may move; the name above stays this model");
    }
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", pulled.name().toString())
            .put("pinned", pinned)
            .put("commit", pulled.commit())
            .put("directory", pulled.snapshot().toString())
            .put("downloaded", pulled.downloaded());
    pulled.files().forEach(event.putArray("files")::add);
    reporter.event("pulled", event);
  }
}
