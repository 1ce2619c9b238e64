package org.intervene.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.intervene.check.SiteNames;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.Axis;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intervene sites}. */
@Command(
    description = "Lists the places inside a model that a spec can read and edit.",
    footer = {"", "Example:", "  intervene sites builtin:primer"})
final class SitesCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "MODEL",
      description = "builtin:NAME, a directory, or hf:ORG/NAME@REVISION")
  String model;

  SitesCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    try {
      ModelFacts facts = pipeline.describe(model);
      list(facts, reporter);
      return ExitStatus.DONE;
    } catch (DiagnosticException e) {
      reporter.diagnostics(e.diagnostics(), Optional.empty());
      return ExitStatus.of(e.kind());
    }
  }

  private static void list(ModelFacts facts, Reporter reporter) {
    Screen screen = reporter.screen();
    Columns columns =
        new Columns()
            .row(
                screen.bold("site"),
                screen.bold("shape per example"),
                screen.bold("TransformerLens"),
                screen.bold("pyvene"));
    for (Site site : Site.values()) {
      Optional<String> why = facts.whyAbsent(site);
      reporter.event("site", json(site, facts));
      columns.row(
          written(site, facts),
          why.isPresent() ? screen.quiet("absent: " + why.get()) : shape(site, facts),
          why.isPresent() ? "" : SiteNames.transformerLensName(site).orElse(""),
          why.isPresent() ? "" : SiteNames.pyveneName(site).orElse(""));
    }
    columns.lines("").forEach(reporter::say);
  }

  private static String written(Site site, ModelFacts facts) {
    if (!site.layered()) {
      return site.spelled();
    }
    List<Integer> layers = facts.layersWith(site);
    boolean some = !layers.isEmpty() && layers.size() < facts.layers();
    String which =
        some
            ? layers.stream().map(Object::toString).collect(Collectors.joining(", "))
            : "0.." + (facts.layers() - 1);
    return site.spelled() + "[" + which + "]";
  }

  private static String shape(Site site, ModelFacts facts) {
    return site.axes().stream()
        .map(axis -> name(axis) + (counted(axis) ? "" : " " + facts.length(axis, 0)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static boolean counted(Axis axis) {
    return axis == Axis.POS || axis == Axis.SRC;
  }

  private static String name(Axis axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(Site site, ModelFacts facts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("site", site.spelled());
    node.put("layers", site.layered() ? facts.layersWith(site).size() : 0);
    if (site.layered() && facts.layersWith(site).size() < facts.layers()) {
      ArrayNode only = node.putArray("only_layers");
      facts.layersWith(site).forEach(only::add);
    }
    ArrayNode axes = node.putArray("axes");
    for (Axis axis : site.axes()) {
      ObjectNode one = axes.addObject().put("name", name(axis));
      if (!counted(axis)) {
        one.put("size", facts.length(axis, 0));
      }
    }
    SiteNames.transformerLensName(site).ifPresent(n -> node.put("transformer_lens", n));
    SiteNames.pyveneName(site).ifPresent(n -> node.put("pyvene", n));
    facts.whyAbsent(site).ifPresent(why -> node.put("absent", why));
    return node;
  }
}
