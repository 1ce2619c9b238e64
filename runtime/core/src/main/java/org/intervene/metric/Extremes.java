package org.intervene.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.diagnostic.Span;

/** Where the largest and smallest entries stand. */
final class Extremes {
  private Extremes() {}

  /**
   * Coordinates of the largest entry along the searched axes, the first of equal ones: one axis
   * gives its value at that place, several give their values along {@code index}. NaN counts as the
   * largest, so that it is seen.
   *
   * @param sign 1 for the largest, -1 for the smallest
   */
  static LabelledArray arg(Span span, LabelledArray x, Set<String> searched, int sign) {
    List<ArrayAxis> along = Reducing.among(x, searched);
    for (ArrayAxis axis : along) {
      if (axis.values().stream().anyMatch(v -> v.isNaN())) {
        throw Problems.notNumber(
            span,
            "an index on `%s`, whose entries are names,".formatted(axis.name()),
            "name its axes by numbers, or compare single entries: `x[%s=%s]`"
                .formatted(axis.name(), axis.labels().get(0)));
      }
    }
    List<ArrayAxis> axes = new ArrayList<>(Reducing.kept(x, searched));
    int[] starts = x.placesAlong(axes);
    int[] steps = x.placesAlong(along);
    if (along.size() != 1) {
      axes.add(ArrayAxis.index(along.stream().map(ArrayAxis::name).toList()));
    }
    double[] data = new double[starts.length * along.size()];
    boolean[] present = new boolean[data.length];
    for (int i = 0; i < starts.length; i++) {
      int best = best(x, starts[i], steps, sign);
      int rest = best;
      for (int a = along.size() - 1; a >= 0; a--) {
        int size = along.get(a).size();
        present[i * along.size() + a] = best >= 0;
        data[i * along.size() + a] =
            best >= 0 ? along.get(a).values().get(rest % size) : Double.NaN;
        rest /= size;
      }
    }
    return LabelledArray.of(axes, data, present);
  }

  /** Index among the steps, or -1 if nothing exists there. */
  private static int best(LabelledArray x, int start, int[] steps, int sign) {
    int best = -1;
    for (int s = 0; s < steps.length; s++) {
      int place = start + steps[s];
      if (x.isPresent(place)
          && (best < 0 || ahead(x.at(place), x.at(start + steps[best]), sign) > 0)) {
        best = s;
      }
    }
    return best;
  }

  private static int ahead(double a, double b, int sign) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return a == b ? 0 : sign * Double.compare(a, b);
  }

  /**
   * The k largest entries of an array, largest first, along {@code rank}; each label says where the
   * entry stood. NaN counts as the largest. Fewer than k if fewer exist.
   */
  static LabelledArray top(LabelledArray x, int k) {
    List<Integer> places =
        IntStream.range(0, x.size())
            .filter(x::isPresent)
            .boxed()
            .sorted(Comparator.<Integer>naturalOrder())
            .sorted((a, b) -> ahead(x.at(b), x.at(a), 1))
            .limit(k)
            .toList();
    List<String> labels = places.stream().map(p -> where(x, p)).toList();
    List<Double> ranks = IntStream.range(0, places.size()).mapToObj(i -> i + 1.0).toList();
    return LabelledArray.of(
        List.of(new ArrayAxis(ArrayAxis.RANK, "", labels, ranks)),
        places.stream().mapToDouble(x::at).toArray());
  }

  /** {@code layer 0, pos 2}; axes with a single entry are left out. */
  static String where(LabelledArray x, int place) {
    int[] indices = x.indices(place);
    return IntStream.range(0, indices.length)
        .filter(a -> x.axes().get(a).size() > 1)
        .mapToObj(a -> x.axes().get(a).name() + " " + x.axes().get(a).labels().get(indices[a]))
        .collect(Collectors.joining(", "));
  }
}
