package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.intervene.ast.Spec;
import org.intervene.digest.SpecDigest;
import org.intervene.lock.Pins;
import org.intervene.read.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intervene digest}. */
@Command(
    description =
        "Prints the digests of specs and of what they read; docs/digests.md defines them.",
    footer = {"", "Example:", "  intervene digest specs/subject-tracing.ivn"})
final class DigestCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--canonical",
      description = "prints the text that a spec's digest is taken of, and reads no model")
  boolean canonical;

  @Parameters(arity = "1..*", paramLabel = "SPEC", description = "files ending in .ivn or .yaml")
  List<Path> specs = new ArrayList<>();

  DigestCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    return SpecFile.each(
        specs, reporter, (file, reading, notes) -> digest(file, reading, reporter));
  }

  private void digest(Path file, Reading reading, Reporter reporter) {
    Spec spec = reading.spec().orElseThrow();
    if (canonical) {
      reporter.print(SpecDigest.canonical(spec) + "\n");
    } else {
      show(file, digests(spec, pipeline.pins(reading)), reporter);
    }
  }

  private static Map<String, String> digests(Spec spec, Pins pins) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("spec", SpecDigest.of(spec));
    digests.put("work", SpecDigest.ofWork(spec));
    pins.data().forEach((name, pin) -> digests.put("data " + name, pin.digest()));
    pins.files().forEach((path, digest) -> digests.put("file " + path, digest));
    digests.put("model", pins.model().digest());
    return digests;
  }

  private void show(Path file, Map<String, String> digests, Reporter reporter) {
    Columns columns = new Columns();
    digests.forEach((what, digest) -> columns.row(Screen.safe(what), digest));
    if (specs.size() > 1) {
      reporter.say(Screen.safe(file + ":"));
    }
    columns.lines(specs.size() > 1 ? "  " : "").forEach(reporter::say);
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("spec", file.toString());
    digests.forEach(event.putObject("digests")::put);
    reporter.event("digests", event);
  }
}
