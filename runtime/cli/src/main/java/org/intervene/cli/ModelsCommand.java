package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intervene models}. */
@Command(
    name = "models",
    description = "Lists the models that come with the program.",
    footer = {"", "Example:", "  intervene models"})
final class ModelsCommand implements Callable<Integer> {
  private final Pipeline pipeline;
  private final Terminal terminal;

  @Mixin OutputOptions output = new OutputOptions();

  ModelsCommand(Pipeline pipeline, Terminal terminal) {
    this.pipeline = pipeline;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reporter reporter = new Reporter(terminal, output);
    Columns columns = new Columns();
    for (Pipeline.Builtin model : pipeline.builtins()) {
      String size =
          "%s, %d layers, %d heads, d_model %d"
              .formatted(
                  model.facts().family(),
                  model.facts().layers(),
                  model.facts().heads(),
                  model.facts().dModel());
      columns.row(reporter.screen().bold(model.source()), size);
      reporter.event(
          "model",
          JsonNodeFactory.instance
              .objectNode()
              .put("source", model.source())
              .put("family", model.facts().family())
              .put("layers", model.facts().layers())
              .put("heads", model.facts().heads())
              .put("d_model", model.facts().dModel()));
    }
    if (pipeline.builtins().isEmpty()) {
      reporter.say("this build has no models of its own");
    }
    columns.lines("").forEach(reporter::say);
    return ExitStatus.DONE;
  }
}
