package org.intervene.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * How long a tool took for a task, and what it computed.
 *
 * @param seconds of each repetition
 * @param values [row, column], such as layer and position of a sweep
 * @param peak bytes that the process held at most; 0 if not counted
 */
record Timing(String task, String tool, double[] seconds, List<double[]> values, long peak) {
  private static final ObjectMapper JSON = new ObjectMapper();

  double median() {
    return median(seconds);
  }

  /**
   * A tool's turns at a task as one timing, in the order of the first ones.
   *
   * @throws IllegalStateException if a tool computes something else at its next turn
   */
  static List<Timing> joined(List<Timing> turns) {
    Map<String, Timing> joined = new LinkedHashMap<>();
    turns.forEach(t -> joined.merge(t.task + "\n" + t.tool, t, Timing::and));
    return new ArrayList<>(joined.values());
  }

  private Timing and(Timing next) {
    if (!(difference(next) < Comparison.SAME)) {
      throw new IllegalStateException(tool + " computes something else at its next turn: " + task);
    }
    double[] both =
        DoubleStream.concat(Arrays.stream(seconds), Arrays.stream(next.seconds)).toArray();
    return new Timing(task, tool, both, values, Math.max(peak, next.peak));
  }

  static double median(double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The largest difference between what two tools computed; infinite if it is not comparable. */
  double difference(Timing other) {
    double[] mine = flat();
    double[] theirs = other.flat();
    if (mine.length != theirs.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < mine.length; i++) {
      double difference = Math.abs(mine[i] - theirs[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }

  /** All values, row by row. */
  double[] flat() {
    return values.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** As a line of JSON. */
  String line() {
    ObjectNode node = JSON.createObjectNode().put("task", task).put("tool", tool);
    node.put("peak", peak).set("seconds", JSON.valueToTree(seconds));
    node.set("values", JSON.valueToTree(values));
    return node.toString();
  }

  /** From JSON; a row of one column may be a number. */
  static Timing of(JsonNode line) {
    List<double[]> values = new ArrayList<>();
    line.get("values")
        .forEach(r -> values.add(r.isArray() ? numbers(r) : new double[] {r.asDouble()}));
    return new Timing(
        line.get("task").asText(),
        line.get("tool").asText(),
        numbers(line.get("seconds")),
        values,
        line.get("peak").asLong());
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
