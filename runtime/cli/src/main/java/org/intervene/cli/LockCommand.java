package org.intervene.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.intervene.lock.Change;
import org.intervene.lock.Lock;
import org.intervene.lock.Pins;
import org.intervene.read.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene lock}. */
@Command(
    description =
        "Pins what specs leave open in NAME.lock.json: digests of model, tokenizer and data.",
    footer = {
      "",
      "Example:",
      "  intervene lock specs/subject-tracing.ivn",
      "",
      "Exit status: 0 locked; 2 the spec is wrong; 3 something differs from what is locked, is"
          + " missing or broken."
    })
final class LockCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  @Option(names = "--relock", description = "accepts what differs, and says what it is")
  boolean relock;

  @Parameters(arity = "1..*", paramLabel = "SPEC", description = "files ending in .ivn or .yaml")
  List<Path> specs = new ArrayList<>();

  LockCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    return SpecFile.each(specs, reporter, (spec, reading, notes) -> lock(spec, reading, reporter));
  }

  private void lock(Path spec, Reading reading, Reporter reporter) {
    Lock lock = relock ? Lock.forgetting(spec) : Lock.of(spec);
    Pins found = pipeline.pins(reading);
    List<Change> changes = lock.changes(found);
    boolean written =
        relock ? !lock.relock(found).isEmpty() || lock.locked().isEmpty() : lock.update(found);
    say(spec, lock, changes, written, reporter);
  }

  private static void say(
      Path spec, Lock lock, List<Change> changes, boolean written, Reporter reporter) {
    String file = lock.file().path().toString();
    reporter.say(
        Screen.safe(spec + ": " + (written ? "locked in " + file : "nothing changed in " + file)));
    Lock.lines(changes).forEach(line -> reporter.say(Screen.safe(line)));
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("spec", spec.toString()).put("file", file).put("written", written);
    ArrayNode listed = event.putArray("changes");
    for (Change change : changes) {
      listed
          .addObject()
          .put("what", change.what())
          .put("locked", change.locked())
          .put("found", change.found());
    }
    reporter.event("locked", event);
  }
}
