package org.intervene.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.metric.Bootstrap;
import org.intervene.metric.Expectation;
import org.intervene.metric.PlotData;
import org.intervene.metric.Summary;
import org.intervene.plan.PlannedRun;
import org.intervene.plan.SweepAxis;

/** {@code result.json}: provenance, axes with labels, reduced metrics, expectations, notes. */
final class ResultJson {
  /** Changes when a reader of an older file would misread a newer one. */
  static final int FORMAT = 1;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ResultJson() {}

  static ObjectNode of(Result result) {
    ObjectNode root = JSON.objectNode();
    root.put("format", FORMAT);
    root.put("digest", ResultDigest.of(result));
    root.put("experiment", result.spec().experiment().text());
    result.spec().about().ifPresent(about -> root.put("about", about.text()));
    provenance(root, result.provenance());
    root.put("model_family", result.plan().model().family());
    ObjectNode intervals = root.putObject("intervals");
    intervals.put("method", "percentile bootstrap over examples");
    intervals.put("level", Summary.LEVEL);
    intervals.put("resamples", Bootstrap.RESAMPLES);
    intervals.put("seed", Bootstrap.SEED);
    ArrayNode runs = root.putArray("runs");
    result.plan().runs().forEach(run -> runs.add(run(result, run)));
    ArrayNode plots = root.putArray("plots");
    result.plots().forEach(plot -> plots.add(plot(plot)));
    ArrayNode expectations = root.putArray("expectations");
    result.expectations().forEach(e -> expectations.add(expectation(e)));
    ArrayNode notes = root.putArray("notes");
    result.notes().forEach(note -> notes.add(note(note)));
    return root;
  }

  private static void provenance(ObjectNode root, Provenance provenance) {
    ObjectNode spec = root.putObject("spec");
    spec.put("digest", provenance.specDigest());
    spec.put("text", provenance.specText());
    strings(root.putObject("parameters"), provenance.parameters());
    strings(root.putObject("overridden"), provenance.overridden());
    ObjectNode model = root.putObject("model");
    model.put("source", provenance.modelSource());
    model.put("dtype", provenance.dtype());
    model.put("device", provenance.device());
    model.put("bos", provenance.bos());
    strings(model.putObject("digests"), provenance.digests());
    ObjectNode engine = root.putObject("engine");
    engine.put("intervene", provenance.version());
    engine.put("tensors", provenance.engine());
  }

  private static void strings(ObjectNode node, Map<String, String> values) {
    values.forEach(node::put);
  }

  private static ObjectNode run(Result result, PlannedRun run) {
    ObjectNode node = JSON.objectNode();
    node.put("name", run.name());
    node.put("data", run.data());
    node.put("column", run.column());
    node.put("examples", run.examples());
    ArrayNode axes = node.putArray("axes");
    for (SweepAxis axis : run.axes()) {
      axes.add(
          ArrayJson.axis(org.intervene.metric.ArrayAxis.of(axis), result.labels(), run.name()));
    }
    ArrayNode metrics = node.putArray("metrics");
    result.summaries().stream()
        .filter(summary -> summary.run().equals(run.name()))
        .forEach(summary -> metrics.add(metric(summary)));
    return node;
  }

  private static ObjectNode metric(Summary summary) {
    ObjectNode node = JSON.objectNode();
    node.put("name", summary.metric());
    node.set("mean", ArrayJson.number(summary.overall(), 0));
    node.set("low", ArrayJson.bound(summary.overallBounds(), 0));
    node.set("high", ArrayJson.bound(summary.overallBounds(), 1));
    if (!summary.mean().isScalar()) {
      node.set("cells", ArrayJson.withBounds(summary.mean(), summary.bounds()));
    }
    return node;
  }

  private static ObjectNode plot(PlotData plot) {
    ObjectNode node = JSON.objectNode();
    node.put("kind", plot.kind());
    node.put("value", plot.title());
    strings(node.putObject("channels"), plot.channels());
    node.set("cells", ArrayJson.withBounds(plot.mean(), plot.bounds()));
    return node;
  }

  private static ObjectNode expectation(Expectation expectation) {
    ObjectNode node = JSON.objectNode();
    node.put("text", expectation.text());
    node.put("passed", expectation.passed());
    node.put("seen", expectation.seen());
    return node;
  }

  private static ObjectNode note(Diagnostic note) {
    ObjectNode node = JSON.objectNode();
    node.put("id", note.id());
    node.put("line", note.place().span().line());
    node.put("column", note.place().span().column());
    node.put("message", note.message());
    ArrayNode help = node.putArray("help");
    List.copyOf(note.help()).forEach(help::add);
    return node;
  }
}
