package org.intervene.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.intervene.lock.LockFile;
import org.intervene.lock.SealedJson;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables;

/** {@code NAME.golden.json}, the table of {@code NAME.ivn} and {@code NAME.yaml}. */
public final class GoldenFile {
  private static final String EXAMPLES = "examples";
  private static final String MEANS = "means";
  private static final SealedJson FILE =
      new SealedJson("golden", 1, "write it anew with `intervene replay --update --yes`");

  private final Path file;

  private GoldenFile(Path file) {
    this.file = file;
  }

  /** The golden file of a spec, whether or not it is there. */
  public static GoldenFile of(Path spec) {
    return new GoldenFile(LockFile.beside(spec, ".golden.json"));
  }

  public Path path() {
    return file;
  }

  /**
   * What is golden; empty if there is no file.
   *
   * @throws org.intervene.diagnostic.DiagnosticException {@code golden.malformed}, {@code
   *     golden.edited} or {@code golden.format}
   */
  public Optional<Golden> read() {
    return FILE.read(file).map(this::golden);
  }

  /** Writes a golden table in the place of what was there. */
  public void write(Golden golden) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("work", golden.work());
    Made made = golden.made();
    root.putObject("made")
        .put("intervene", made.intervene())
        .put("engine", made.engine())
        .put("processor", made.processor())
        .put("threads", made.threads())
        .put("dtype", made.dtype())
        .put("device", made.device());
    root.put("values", golden.byExample() ? EXAMPLES : MEANS);
    ArrayNode tables = root.putArray("tables");
    golden.tables().forEach(table -> tables.add(json(table)));
    FILE.write(file, root);
  }

  private static ObjectNode json(MetricTables.Table table) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("run", table.run()).put("metric", table.metric());
    ArrayNode axes = node.putArray("axes");
    for (ArrayAxis axis : table.values().axes()) {
      ArrayNode labels = axes.addObject().put("name", axis.name()).putArray("labels");
      axis.labels().forEach(labels::add);
    }
    ArrayNode values = node.putArray("values");
    for (int i = 0; i < table.values().size(); i++) {
      double value = table.values().at(i);
      if (!table.values().isPresent(i)) {
        values.addNull();
      } else if (Double.isFinite(value)) {
        values.add(value);
      } else {
        values.add(Double.toString(value));
      }
    }
    return node;
  }

  private Golden golden(ObjectNode root) {
    JsonNode made = root.path("made");
    String values = text(root, "values");
    if (!values.equals(EXAMPLES) && !values.equals(MEANS)) {
      throw FILE.malformed(file, "`values` is neither `" + MEANS + "` nor `" + EXAMPLES + "`");
    }
    List<MetricTables.Table> tables = new ArrayList<>();
    list(root, "tables").forEach(table -> tables.add(table(table)));
    return new Golden(
        text(root, "work"),
        new Made(
            text(made, "intervene"),
            text(made, "engine"),
            text(made, "processor"),
            threads(made),
            text(made, "dtype"),
            text(made, "device")),
        values.equals(EXAMPLES),
        tables);
  }

  private MetricTables.Table table(JsonNode node) {
    List<ArrayAxis> axes = new ArrayList<>();
    for (JsonNode axis : list(node, "axes")) {
      List<String> labels = new ArrayList<>();
      list(axis, "labels").forEach(label -> labels.add(label(label)));
      axes.add(
          new ArrayAxis(
              text(axis, "name"), "", labels, Collections.nCopies(labels.size(), Double.NaN)));
    }
    JsonNode listed = list(node, "values");
    if (!fill(axes, listed.size())) {
      throw FILE.malformed(file, "the values of a table do not fill its axes");
    }
    double[] values = new double[listed.size()];
    boolean[] present = new boolean[listed.size()];
    for (int i = 0; i < values.length; i++) {
      present[i] = !listed.get(i).isNull();
      values[i] = present[i] ? number(listed.get(i)) : Double.NaN;
    }
    return new MetricTables.Table(
        text(node, "run"), text(node, "metric"), LabelledArray.of(axes, values, present));
  }

  /** Labels may be so many that their product is no int. */
  private static boolean fill(List<ArrayAxis> axes, int values) {
    boolean distinct = axes.stream().map(ArrayAxis::name).distinct().count() == axes.size();
    long size = 1;
    for (ArrayAxis axis : axes) {
      size = Math.min(size * axis.size(), Integer.MAX_VALUE + 1L);
    }
    return distinct && size == values;
  }

  private int threads(JsonNode made) {
    if (!made.path("threads").isInt()) {
      throw FILE.malformed(file, "it has no number of `threads`");
    }
    return made.get("threads").asInt();
  }

  private String label(JsonNode node) {
    if (!node.isTextual()) {
      throw FILE.malformed(file, "a label is no text");
    }
    return node.asText();
  }

  private double number(JsonNode node) {
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!node.isNumber()) {
          throw FILE.malformed(file, "a value is no number");
        }
        yield node.asDouble();
      }
    };
  }

  private String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw FILE.malformed(file, "it has no text `" + key + "`");
    }
    return node.get(key).asText();
  }

  private JsonNode list(JsonNode node, String key) {
    if (!node.path(key).isArray()) {
      throw FILE.malformed(file, "it has no list `" + key + "`");
    }
    return node.get(key);
  }
}
