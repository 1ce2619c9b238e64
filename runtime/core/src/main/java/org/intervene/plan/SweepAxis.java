package org.intervene.plan;

import java.util.List;
import org.intervene.check.SweepKind;

/**
 * One axis of a sweep.
 *
 * @param name the sweep variable
 * @param labels how each value is written, such as {@code 3} or {@code subject.last}
 * @param values each value as a number; NaN where the label alone says what it is
 */
public record SweepAxis(String name, SweepKind kind, List<String> labels, List<Double> values) {
  public SweepAxis {
    labels = List.copyOf(labels);
    values = List.copyOf(values);
  }

  public int size() {
    return labels.size();
  }
}
