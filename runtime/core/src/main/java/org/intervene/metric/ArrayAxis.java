package org.intervene.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.intervene.plan.SweepAxis;

/**
 * One named axis of a {@link LabelledArray}.
 *
 * @param of what the labels count, where equal names do not yet mean equal things: the dataset of
 *     an {@code example} axis, else empty
 * @param values each label as a number; NaN where the label alone says what it is
 */
public record ArrayAxis(String name, String of, List<String> labels, List<Double> values) {
  /** The examples of a dataset. */
  public static final String EXAMPLE = "example";

  /** Entries of a listing, and the coordinates that {@code argmax} finds. */
  public static final String INDEX = "index";

  /** Both ends of an interval: {@code low}, {@code high}. */
  public static final String BOUND = "bound";

  /** What {@code topk} found, best first. */
  public static final String RANK = "rank";

  public ArrayAxis {
    labels = List.copyOf(labels);
    values = List.copyOf(values);
    if (labels.size() != values.size()) {
      throw new IllegalArgumentException(name + ": as many labels as values");
    }
  }

  /** The examples of a dataset, counted from 0. */
  public static ArrayAxis examples(String data, int count) {
    return counted(EXAMPLE, data, count);
  }

  /** One axis of a run's sweep. */
  public static ArrayAxis of(SweepAxis axis) {
    return new ArrayAxis(axis.name(), "", axis.labels(), axis.values());
  }

  static ArrayAxis index(List<String> labels) {
    return counted(INDEX, "", labels.size()).labelled(labels);
  }

  static ArrayAxis counted(String name, String of, int count) {
    List<String> labels = new ArrayList<>(count);
    List<Double> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(Integer.toString(i));
      values.add((double) i);
    }
    return new ArrayAxis(name, of, labels, values);
  }

  /** Both ends of an interval. */
  public static ArrayAxis bounds() {
    return counted(BOUND, "", 2).labelled(List.of("low", "high"));
  }

  private ArrayAxis labelled(List<String> others) {
    return new ArrayAxis(name, of, others, values);
  }

  public int size() {
    return labels.size();
  }

  public boolean isExamples() {
    return name.equals(EXAMPLE);
  }

  /**
   * Whether entry i of one is entry i of the other. Listings and found coordinates are compared by
   * place alone.
   */
  public boolean aligns(ArrayAxis other) {
    return name.equals(other.name)
        && of.equals(other.of)
        && (name.equals(INDEX) ? size() == other.size() : labels.equals(other.labels));
  }

  /** Place of a number among the values; -1 if it is not there. */
  int indexOf(double value) {
    return IntStream.range(0, size()).filter(i -> values.get(i) == value).findFirst().orElse(-1);
  }
}
