package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubCache;
import org.intervene.engine.source.HubName;
import org.intervene.engine.source.UserPlaces;
import org.intervene.model.ModelFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intervene models}. */
@Command(
    description =
        "Lists the models that are on this machine: those that come with the program and those of"
            + " the hub's cache. Says more about one that is named.",
    footer = {"", "Example:", "  intervene models", "  intervene models builtin:primer"})
final class ModelsCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "builtin:NAME, a directory, or hf:ORG/NAME@REVISION")
  Optional<String> model = Optional.empty();

  ModelsCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    try {
      if (model.isPresent()) {
        describe(pipeline.details(model.get()), reporter);
      } else {
        list(reporter);
      }
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      reporter.diagnostics(e.diagnostics(), Optional.empty());
      return ExitStatus.of(e.kind());
    }
  }

  private void list(Reporter reporter) {
    Columns columns = new Columns();
    for (Pipeline.Builtin builtin : pipeline.builtins()) {
      columns.row(reporter.screen().bold(builtin.source()), sizes(builtin.facts()));
      reporter.event("model", json(builtin.source(), builtin.facts()));
    }
    for (String cached : cached()) {
      columns.row(reporter.screen().bold(cached), "in the hub's cache");
      reporter.event("model", JsonNodeFactory.instance.objectNode().put("source", cached));
    }
    List<String> lines = columns.lines("");
    if (lines.isEmpty()) {
      reporter.say("there are none: `intervene pull` downloads one");
    }
    lines.forEach(reporter::say);
  }

  /** Branches and tags in the hub's cache, as specs write them. */
  private List<String> cached() {
    Path home = Path.of(System.getProperty("user.home"));
    HubCache cache = new HubCache(new UserPlaces(terminal.environment()::get, home).hubCache());
    List<String> found = new ArrayList<>();
    try {
      for (String repository : cache.repositories()) {
        Optional<HubName> name = HubName.parse(repository);
        for (String revision : name.isPresent() ? cache.revisions(name.get()) : List.<String>of()) {
          if (!HubName.isCommit(revision)) {
            found.add("hf:" + Screen.safe(repository + "@" + revision));
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "cache.unreadable",
              cache.root().toString(),
              "the hub's cache cannot be read: " + e.getMessage(),
              "check its permissions, or set HF_HUB_CACHE"));
    }
  }

  private static void describe(ModelDetails details, Reporter reporter) {
    Screen screen = reporter.screen();
    reporter.say(screen.bold(details.shown()));
    Columns columns =
        new Columns()
            .row("family", sizes(details.facts()))
            .row("weights", weights(details))
            .row("tokenizer", tokenizer(details))
            .row("directory", details.directory().toString());
    columns.lines("  ").forEach(reporter::say);
    ObjectNode event = json(details.shown(), details.facts());
    event.put("parameters", details.parameters());
    ObjectNode dtypes = event.putObject("bytes");
    details.dtypes().forEach(dtypes::put);
    details
        .tokenizer()
        .ifPresent(
            t ->
                event
                    .put("tokens", t.size())
                    .put("bos", t.around().shown())
                    .put("bos_reason", t.around().reason()));
    reporter.event("model", event.put("directory", details.directory().toString()));
  }

  private static String weights(ModelDetails details) {
    List<String> parts = new ArrayList<>();
    details.dtypes().forEach((dtype, bytes) -> parts.add(ByteSize.shown(bytes) + " of " + dtype));
    return String.format(
        Locale.ROOT, "%,d parameters: %s", details.parameters(), String.join(", ", parts));
  }

  private static String tokenizer(ModelDetails details) {
    return details
        .tokenizer()
        .map(
            t ->
                String.format(
                    Locale.ROOT,
                    "%,d tokens; put around every input: %s (%s)",
                    t.size(),
                    Screen.safe(t.around().shown()),
                    Screen.safe(t.around().reason())))
        .orElse("none: data have to be token ids");
  }

  private static String sizes(ModelFacts facts) {
    return "%s, %d layers, %d heads, d_model %d"
        .formatted(facts.family(), facts.layers(), facts.heads(), facts.dModel());
  }

  private static ObjectNode json(String source, ModelFacts facts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("source", source)
        .put("family", facts.family())
        .put("layers", facts.layers())
        .put("heads", facts.heads())
        .put("d_model", facts.dModel());
  }
}
