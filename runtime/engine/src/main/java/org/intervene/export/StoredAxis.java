package org.intervene.export;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis of a stored result.
 *
 * @param labels what {@code metrics.csv} calls its entries
 * @param shown the same for people, such as a position with its token
 * @param values each entry as a number; empty if some are names alone
 */
record StoredAxis(String name, List<String> labels, List<String> shown, List<Double> values) {
  StoredAxis {
    labels = List.copyOf(labels);
    shown = List.copyOf(shown);
    values = List.copyOf(values);
  }

  /** An axis of which nothing is known but its length. */
  static StoredAxis counted(String name, int size) {
    List<String> labels = IntStream.range(0, size).mapToObj(Integer::toString).toList();
    return new StoredAxis(
        name, labels, labels, IntStream.range(0, size).mapToObj(i -> (double) i).toList());
  }

  int size() {
    return labels.size();
  }

  /** Whether the entries are numbers, and whole ones. */
  boolean isWhole() {
    return !values.isEmpty() && values.stream().allMatch(v -> v == Math.rint(v));
  }

  /** An entry as a whole number, a number or a text, the same for all entries of the axis. */
  Object entry(int index) {
    if (values.isEmpty()) {
      return labels.get(index);
    }
    return isWhole() ? (Object) values.get(index).longValue() : values.get(index);
  }
}
