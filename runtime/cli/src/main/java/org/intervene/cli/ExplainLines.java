package org.intervene.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.intervene.cli.ResultLines.Line;
import org.intervene.experiment.Explained;
import org.intervene.explain.Explanation;
import org.intervene.explain.Explanation.Logical;
import org.intervene.explain.Explanation.Served;
import org.intervene.explain.Explanation.Step;
import org.intervene.explain.Explanation.Totals;
import org.intervene.explain.Measured;
import org.intervene.optimise.Applied;

/** An explained plan as lines for programs; the page {@code docs/explain.md} lists the keys. */
final class ExplainLines {
  private ExplainLines() {}

  static List<Line> of(Explained explained) {
    Explanation plan = explained.explanation();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("plan", head(explained)));
    plan.runs().forEach(r -> lines.add(new Line("run", run(r))));
    plan.rules().forEach(r -> lines.add(new Line("rule", rule(r))));
    for (int i = 0; i < plan.steps().size(); i++) {
      ObjectNode step = step(i + 1, plan.steps().get(i));
      if (!explained.measured().isEmpty()) {
        measured(step, plan.steps().get(i).operations(), explained.measured().get(i));
      }
      lines.add(new Line("step", step));
    }
    lines.add(new Line("total", total(explained)));
    return lines;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode head(Explained explained) {
    ObjectNode node =
        object()
            .put("experiment", explained.experiment())
            .put("model", explained.model())
            .put("family", explained.facts().family())
            .put("layers", explained.facts().layers())
            .put("heads", explained.facts().heads())
            .put("d_model", explained.facts().dModel())
            .put("dtype", explained.dtype())
            .put("prepended", explained.prepended())
            .put("plan", lower(explained.strategy()));
    if (!explained.devices().isEmpty()) {
      node.put("devices", explained.devices());
    }
    return node;
  }

  private static ObjectNode run(Logical run) {
    ObjectNode node =
        object().put("run", run.name()).put("line", run.span().line()).put("data", run.input());
    ArrayNode sweep = node.putArray("sweep");
    run.axes().forEach(a -> sweep.addObject().put("name", a.name()).put("size", a.size()));
    return node.put("examples", run.examples())
        .put("cells", run.cells())
        .put("dead", run.dead())
        .put("edits", run.edits())
        .put("reads", run.reads());
  }

  private static ObjectNode rule(Applied rule) {
    return object()
        .put("rule", rule.rule())
        .put("exactness", lower(rule.exactness()))
        .put("fired", rule.fired())
        .put("operations", rule.operations());
  }

  private static ObjectNode step(int number, Step step) {
    ObjectNode node =
        object()
            .put("step", number)
            .put("kind", lower(step.kind()))
            .put("works", step.works())
            .put("rows", step.rows())
            .put("first_layer", step.firstLayer())
            .put("operations", step.operations())
            .put("bytes", step.bytes())
            .put("keeps_bytes", step.keeps());
    ArrayNode serves = node.putArray("serves");
    for (Served served : step.serves()) {
      ObjectNode one = serves.addObject();
      if (!served.run().isEmpty()) {
        one.put("run", served.run()).put("line", served.span().line());
      }
      one.put("cells", served.cells());
    }
    return node;
  }

  private static void measured(ObjectNode node, double operations, Measured measured) {
    node.put("seconds", measured.seconds());
    if (measured.seconds() > 0) {
      node.put("operations_per_second", operations / measured.seconds());
    }
    if (measured.memory() > 0) {
      node.put("memory_bytes", measured.memory());
    }
  }

  private static ObjectNode total(Explained explained) {
    Totals totals = explained.explanation().totals();
    ObjectNode node =
        object()
            .put("cells", totals.cells())
            .put("dead", totals.dead())
            .put("works", totals.works())
            .put("whole", totals.whole())
            .put("continued", totals.continued())
            .put("closed", totals.closed())
            .put("shared", totals.shared())
            .put("forwards_saved", totals.saved())
            .put("naive_operations", totals.naive())
            .put("operations", totals.planned())
            .put("program_bytes", totals.memory().program())
            .put("weights_bytes", totals.memory().weights())
            .put("kept_bytes", totals.memory().kept())
            .put("java_bytes", totals.memory().java())
            .put("collected_bytes", totals.memory().collected())
            .put("largest_step_bytes", totals.memory().largest())
            .put("peak_bytes", totals.memory().peak())
            .put("spilled_bytes", totals.memory().spilled())
            .put("spill_reads_bytes", totals.memory().loaded());
    if (!explained.measured().isEmpty()) {
      measured(node, totals.planned(), ExplainText.sum(explained.measured()));
    }
    return node;
  }
}
