package org.intervene.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads axes and arrays of {@code result.json}. */
final class StoredJson {
  private StoredJson() {}

  static StoredAxis axis(JsonNode node) {
    List<String> labels = texts(node.path("labels"));
    List<String> shown = node.has("shown") ? texts(node.path("shown")) : labels;
    List<Double> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(number(value)));
    if (shown.size() != labels.size() || (!values.isEmpty() && values.size() != labels.size())) {
      throw new IllegalArgumentException("axis " + node.path("name") + " is uneven");
    }
    return new StoredAxis(node.path("name").asText(), labels, shown, values);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** A number; NaN for null; JSON's missing NaN and infinities are texts. */
  static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    } else if (node.isNull()) {
      return Double.NaN;
    }
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("a number is missing");
    };
  }

  /** Refuses a shape that the numbers do not fill, before anything is made in its size. */
  static void requireShape(JsonNode array) {
    int elements = array.path("mean").isArray() ? array.path("mean").size() : 1;
    long product = 1;
    for (JsonNode size : array.path("shape")) {
      product *= Math.min(size.asInt(), elements + 1L);
      if (product > elements) {
        break;
      }
    }
    if (product != elements || array.path("shape").size() != array.path("axes").size()) {
      throw new IllegalArgumentException("an array does not fill its axes");
    }
  }

  /** Numbers of a list, or one number on its own. */
  static double[] numbers(JsonNode node, int size) {
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = number(entry(node, i, size));
    }
    return numbers;
  }

  /** Which entries exist. */
  static boolean[] present(JsonNode node, int size) {
    boolean[] present = new boolean[size];
    for (int i = 0; i < size; i++) {
      present[i] = !entry(node, i, size).isNull();
    }
    return present;
  }

  private static JsonNode entry(JsonNode node, int index, int size) {
    if (node.isArray() ? node.size() != size : size != 1) {
      throw new IllegalArgumentException("an array does not fill its axes");
    }
    return node.isArray() ? node.get(index) : node;
  }
}
