package org.intervene.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Takes axes away from an array. */
public final class Reducing {
  private Reducing() {}

  /** The axes that are not among the names, in order. */
  static List<ArrayAxis> kept(LabelledArray x, Set<String> names) {
    return x.axes().stream().filter(a -> !names.contains(a.name())).toList();
  }

  /** The axes that are among the names, in order. */
  static List<ArrayAxis> among(LabelledArray x, Set<String> names) {
    return x.axes().stream().filter(a -> names.contains(a.name())).toList();
  }

  /** Mean over axes; names that the array lacks are ignored. */
  public static LabelledArray mean(LabelledArray x, Set<String> names) {
    return over(x, names, Statistics::mean);
  }

  /**
   * A number for every stretch of entries along the named axes. A stretch in which nothing exists
   * gives an absent entry.
   *
   * @param f a function of the present entries, never of none
   */
  static LabelledArray over(LabelledArray x, Set<String> names, ToDoubleFunction<double[]> f) {
    List<ArrayAxis> kept = kept(x, names);
    int[] starts = x.placesAlong(kept);
    int[] steps = x.placesAlong(among(x, names));
    double[] data = new double[starts.length];
    boolean[] present = new boolean[starts.length];
    double[] gathered = new double[steps.length];
    for (int i = 0; i < starts.length; i++) {
      int count = 0;
      for (int step : steps) {
        int place = starts[i] + step;
        if (x.isPresent(place)) {
          gathered[count++] = x.at(place);
        }
      }
      present[i] = count > 0;
      data[i] =
          count == 0
              ? Double.NaN
              : f.applyAsDouble(count == steps.length ? gathered : Arrays.copyOf(gathered, count));
    }
    return LabelledArray.of(kept, data, present);
  }

  /** Entries that exist along the named axes: 0 where there is none. */
  static LabelledArray count(LabelledArray x, Set<String> names) {
    LabelledArray counted = over(x, names, xs -> xs.length);
    double[] data = new double[counted.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = counted.isPresent(i) ? counted.at(i) : 0;
    }
    return LabelledArray.of(counted.axes(), data);
  }

  /** The array at one index of an axis, which goes away. */
  static LabelledArray at(LabelledArray x, ArrayAxis axis, int index) {
    int[] along = x.placesAlong(List.of(axis));
    return picked(x, axis, along, index);
  }

  /** The array at the last index of an axis that exists for each combination of the others. */
  static LabelledArray last(LabelledArray x, ArrayAxis axis) {
    return picked(x, axis, x.placesAlong(List.of(axis)), -1);
  }

  private static LabelledArray picked(LabelledArray x, ArrayAxis axis, int[] along, int index) {
    List<ArrayAxis> kept = kept(x, Set.of(axis.name()));
    int[] starts = x.placesAlong(kept);
    double[] data = new double[starts.length];
    boolean[] present = new boolean[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int at = index;
      if (index < 0) {
        at = along.length - 1;
        while (at > 0 && !x.isPresent(starts[i] + along[at])) {
          at--;
        }
      }
      data[i] = x.at(starts[i] + along[at]);
      present[i] = x.isPresent(starts[i] + along[at]);
    }
    return LabelledArray.of(kept, data, present);
  }
}
