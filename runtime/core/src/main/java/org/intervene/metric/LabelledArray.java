package org.intervene.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers along named axes, row-major, outermost axis first; no axes means a single number.
 *
 * <p>An entry may be absent: a cell that does not exist, such as position 9 of an input with seven
 * tokens. Absent entries are skipped by reductions and stay absent in arithmetic. NaN is a value
 * like any other and propagates.
 */
public final class LabelledArray {
  private final List<ArrayAxis> axes;
  private final double[] data;
  private final boolean[] present;

  private LabelledArray(List<ArrayAxis> axes, double[] data, boolean[] present) {
    this.axes = List.copyOf(axes);
    this.data = data;
    this.present = present;
    if (data.length != size(axes) || (present != null && present.length != data.length)) {
      throw new IllegalArgumentException("data do not fill the axes");
    }
    for (int a = 1; a < axes.size(); a++) {
      if (indexOf(axes.subList(0, a), axes.get(a).name()) >= 0) {
        throw new IllegalArgumentException("two axes of one name");
      }
    }
  }

  /** A number on its own. */
  public static LabelledArray scalar(double value) {
    return new LabelledArray(List.of(), new double[] {value}, null);
  }

  /** An array without gaps; takes over the data. */
  public static LabelledArray of(List<ArrayAxis> axes, double[] data) {
    return new LabelledArray(axes, data, null);
  }

  /** An array whose entries exist where {@code present} says; takes over both. */
  public static LabelledArray of(List<ArrayAxis> axes, double[] data, boolean[] present) {
    boolean full = true;
    for (boolean p : present) {
      full &= p;
    }
    return new LabelledArray(axes, data, full ? null : present);
  }

  /** Number of entries that such axes hold. */
  public static int size(List<ArrayAxis> axes) {
    int size = 1;
    for (ArrayAxis axis : axes) {
      size = Math.multiplyExact(size, axis.size());
    }
    return size;
  }

  public List<ArrayAxis> axes() {
    return axes;
  }

  public Optional<ArrayAxis> axis(String name) {
    int place = indexOf(axes, name);
    return place < 0 ? Optional.empty() : Optional.of(axes.get(place));
  }

  /** Place of the axis of a name; -1 if there is none. */
  static int indexOf(List<ArrayAxis> axes, String name) {
    for (int a = 0; a < axes.size(); a++) {
      if (axes.get(a).name().equals(name)) {
        return a;
      }
    }
    return -1;
  }

  public boolean isScalar() {
    return axes.isEmpty();
  }

  public int size() {
    return data.length;
  }

  /** The entry at a row-major place; NaN if it is absent. */
  public double at(int place) {
    return isPresent(place) ? data[place] : Double.NaN;
  }

  /** Whether the entry at a row-major place exists. */
  public boolean isPresent(int place) {
    return present == null || present[place];
  }

  /** Row-major place of one index for each axis. */
  public int place(int... indices) {
    int place = 0;
    for (int a = 0; a < axes.size(); a++) {
      place = place * axes.get(a).size() + indices[a];
    }
    return place;
  }

  /** One index for each axis of a row-major place. */
  public int[] indices(int place) {
    int[] indices = new int[axes.size()];
    int rest = place;
    for (int a = axes.size() - 1; a >= 0; a--) {
      indices[a] = rest % axes.get(a).size();
      rest /= axes.get(a).size();
    }
    return indices;
  }

  /** The entries that exist, in row-major order. */
  public double[] presentValues() {
    double[] values = new double[data.length];
    int count = 0;
    for (int i = 0; i < data.length; i++) {
      if (isPresent(i)) {
        values[count++] = data[i];
      }
    }
    return Arrays.copyOf(values, count);
  }

  /** A function of every entry. */
  public LabelledArray map(DoubleUnaryOperator f) {
    double[] mapped = new double[data.length];
    for (int i = 0; i < data.length; i++) {
      mapped[i] = isPresent(i) ? f.applyAsDouble(data[i]) : Double.NaN;
    }
    return new LabelledArray(axes, mapped, present);
  }

  /**
   * Where this array's entries lie when an index runs row-major over other axes: axes that this
   * array lacks repeat its entries, axes of its own that are not among them stay at 0.
   *
   * @return [entries of {@code order}] places in this array
   */
  int[] placesAlong(List<ArrayAxis> order) {
    int[] places = new int[size(order)];
    if (order.equals(axes)) {
      Arrays.setAll(places, i -> i);
      return places;
    }
    int repeat = places.length;
    for (ArrayAxis axis : order) {
      repeat /= Math.max(1, axis.size());
      int stride = stride(axis.name());
      for (int i = 0; stride > 0 && i < places.length; i++) {
        places[i] += i / repeat % axis.size() * stride;
      }
    }
    return places;
  }

  /** The same entries with the axes in another order. */
  LabelledArray ordered(List<ArrayAxis> order) {
    int[] places = placesAlong(order);
    double[] moved = new double[places.length];
    boolean[] exists = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      moved[i] = at(places[i]);
      exists[i] = isPresent(places[i]);
    }
    return of(order, moved, exists);
  }

  private int stride(String name) {
    int stride = 1;
    for (int a = axes.size() - 1; a >= 0; a--) {
      if (axes.get(a).name().equals(name)) {
        return stride;
      }
      stride *= axes.get(a).size();
    }
    return 0;
  }

  /** Whether both have equal axes, and equal entries where they exist. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LabelledArray o) || !axes.equals(o.axes)) {
      return false;
    }
    for (int i = 0; i < data.length; i++) {
      if (isPresent(i) != o.isPresent(i) || Double.compare(at(i), o.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return axes.hashCode() * 31 + Arrays.hashCode(presentValues());
  }

  @Override
  public String toString() {
    return axes.stream().map(a -> a.name() + " " + a.size()).toList()
        + " "
        + Arrays.toString(presentValues());
  }
}
