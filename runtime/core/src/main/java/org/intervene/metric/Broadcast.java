package org.intervene.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;

/**
 * Combines arrays entry by entry, matching axes by name: an array that lacks an axis is the same
 * all along it.
 */
final class Broadcast {
  private Broadcast() {}

  /**
   * @param span what to point at where the axes do not fit
   * @param f a function of one entry of each array; its argument is reused
   * @return an entry wherever all arrays have one
   */
  static LabelledArray combine(
      Span span, List<LabelledArray> arrays, ToDoubleFunction<double[]> f) {
    List<ArrayAxis> axes = List.of();
    for (LabelledArray array : arrays) {
      axes = merge(span, axes, array.axes());
    }
    int[][] places = new int[arrays.size()][];
    for (int a = 0; a < places.length; a++) {
      places[a] = arrays.get(a).placesAlong(axes);
    }
    double[] data = new double[LabelledArray.size(axes)];
    boolean[] present = new boolean[data.length];
    double[] entries = new double[arrays.size()];
    for (int i = 0; i < data.length; i++) {
      present[i] = true;
      for (int a = 0; a < entries.length; a++) {
        int place = places[a][i];
        present[i] &= arrays.get(a).isPresent(place);
        entries[a] = arrays.get(a).at(place);
      }
      data[i] = present[i] ? f.applyAsDouble(entries) : Double.NaN;
    }
    return LabelledArray.of(axes, data, present);
  }

  /** All axes of both, in the order of whichever has more, with {@code example} last. */
  private static List<ArrayAxis> merge(Span span, List<ArrayAxis> left, List<ArrayAxis> right) {
    List<ArrayAxis> first = right.size() > left.size() ? right : left;
    List<ArrayAxis> second = first == left ? right : left;
    List<ArrayAxis> merged = first;
    for (ArrayAxis axis : second == first ? List.<ArrayAxis>of() : second) {
      int place = LabelledArray.indexOf(merged, axis.name());
      if (place < 0) {
        merged = merged == first ? new ArrayList<>(first) : merged;
        merged.add(axis);
      } else if (!merged.get(place).aligns(axis)) {
        ArrayAxis same = merged.get(place);
        throw first == left ? conflict(span, same, axis) : conflict(span, axis, same);
      }
    }
    return examplesLast(merged);
  }

  private static List<ArrayAxis> examplesLast(List<ArrayAxis> axes) {
    int place = LabelledArray.indexOf(axes, ArrayAxis.EXAMPLE);
    if (place < 0 || place == axes.size() - 1) {
      return axes;
    }
    List<ArrayAxis> ordered = new ArrayList<>(axes);
    ordered.add(ordered.remove(place));
    return ordered;
  }

  private static DiagnosticException conflict(Span span, ArrayAxis left, ArrayAxis right) {
    if (left.isExamples()) {
      return unpaired(span, left.of(), right.of());
    }
    return DiagnosticException.spec(
        Diagnostic.error(
            "metric.labels-differ",
            span,
            "`%s` means other things on both sides: %s and %s"
                .formatted(left.name(), listed(left), listed(right)),
            "sweep both runs over the same `%s`, or reduce one side: `mean(... over %s)`"
                .formatted(left.name(), left.name())));
  }

  /** Examples of two datasets were to be matched one by one. */
  static DiagnosticException unpaired(Span span, String data, String other) {
    return DiagnosticException.spec(
        Diagnostic.error(
            "metric.unpaired",
            span,
            "examples of `%s` and of `%s` are not twins of each other".formatted(data, other),
            "compare with the other dataset's mean: `mean(RUN.metric)`"));
  }

  private static String listed(ArrayAxis axis) {
    int shown = Math.min(axis.size(), 4);
    return "["
        + String.join(", ", axis.labels().subList(0, shown))
        + (shown < axis.size() ? ", ... " + axis.size() + " in all" : "")
        + "]";
  }
}
