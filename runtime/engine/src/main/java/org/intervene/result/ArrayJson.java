package org.intervene.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;

/**
 * Arrays in JSON: row-major lists. An entry that does not exist, and a bound that cannot be known,
 * is null; NaN and infinities, which JSON lacks, are the texts {@code "NaN"}, {@code "Infinity"},
 * {@code "-Infinity"}.
 */
final class ArrayJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ArrayJson() {}

  /** An entry of an array. */
  static JsonNode number(LabelledArray x, int place) {
    double value = x.at(place);
    if (!x.isPresent(place)) {
      return JSON.nullNode();
    }
    return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Numerals.of(value));
  }

  /** An end of an interval. */
  static JsonNode bound(LabelledArray bounds, int place) {
    return Double.isNaN(bounds.at(place)) ? JSON.nullNode() : number(bounds, place);
  }

  /** Means with both ends of their intervals. */
  static ObjectNode withBounds(LabelledArray mean, LabelledArray bounds) {
    ObjectNode node = JSON.objectNode();
    ArrayNode axes = node.putArray("axes");
    mean.axes().forEach(axis -> axes.add(axis.name()));
    ArrayNode shape = node.putArray("shape");
    mean.axes().forEach(axis -> shape.add(axis.size()));
    ArrayNode means = node.putArray("mean");
    ArrayNode lows = node.putArray("low");
    ArrayNode highs = node.putArray("high");
    for (int i = 0; i < mean.size(); i++) {
      means.add(number(mean, i));
      lows.add(bound(bounds, 2 * i));
      highs.add(bound(bounds, 2 * i + 1));
    }
    return node;
  }

  /** An axis with its labels, its numbers where it has some, and how it is shown. */
  static ObjectNode axis(ArrayAxis axis, AxisLabels labels, String run) {
    ObjectNode node = JSON.objectNode();
    node.put("name", axis.name());
    ArrayNode names = node.putArray("labels");
    axis.labels().forEach(names::add);
    if (axis.values().stream().noneMatch(v -> v.isNaN())) {
      ArrayNode values = node.putArray("values");
      axis.values().forEach(values::add);
    }
    List<String> shown = labels.shown(axis, List.of(run));
    if (!shown.equals(axis.labels())) {
      ArrayNode texts = node.putArray("shown");
      shown.forEach(texts::add);
    }
    return node;
  }
}
