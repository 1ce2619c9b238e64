package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;

/**
 * The distinct rows that one indexed write takes its values from: some computed in Java, some taken
 * from tensors that other works left behind.
 */
final class OperandPool {
  private final int width;
  private final List<double[]> host = new ArrayList<>();
  private final Map<Object, Integer> known = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  /** Rows of one tensor, restricted to columns (null means all). */
  private record Part(NDArray tensor, int[] columns) {
    boolean is(NDArray otherTensor, int[] otherColumns) {
      return tensor == otherTensor && Arrays.equals(columns, otherColumns);
    }
  }

  /**
   * A row of the pool.
   *
   * @param part index of the tensor; -1 for a row made in Java
   */
  record Place(int part, int row) {}

  /**
   * @param width columns that the write touches
   */
  OperandPool(int width) {
    this.width = width;
  }

  /**
   * A row made in Java, once for each key; a shorter one is repeated until it fills the columns.
   */
  Place host(Object key, Supplier<double[]> row) {
    int at =
        known.computeIfAbsent(
            key,
            k -> {
              host.add(filled(row.get()));
              return host.size() - 1;
            });
    return new Place(-1, at);
  }

  private double[] filled(double[] row) {
    if (row.length == width) {
      return row;
    }
    double[] all = new double[width];
    for (int i = 0; i < width; i++) {
      all[i] = row[i % row.length];
    }
    return all;
  }

  /** A row that another work left behind. */
  Place captured(Captured value, int position, int[] columns) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).is(value.tensor(), columns)) {
        return new Place(i, value.at(position));
      }
    }
    parts.add(new Part(value.tensor(), columns));
    return new Place(parts.size() - 1, value.at(position));
  }

  /** All rows as one matrix. */
  Built build(NDManager scope, Dtype dtype) {
    List<NDArray> matrices = new ArrayList<>();
    int[] starts = new int[parts.size() + 1];
    int rows = host.size();
    if (rows > 0) {
      double[] flat = new double[rows * width];
      for (int i = 0; i < rows; i++) {
        System.arraycopy(host.get(i), 0, flat, i * width, width);
      }
      matrices.add(Tensors.of(scope, flat, dtype, rows, width));
    }
    for (int i = 0; i < parts.size(); i++) {
      starts[i] = rows;
      NDArray tensor = Home.brought(scope, parts.get(i).tensor);
      long count = tensor.getShape().get(0);
      rows += Math.toIntExact(count);
      NDArray flat = tensor.reshape(count, -1);
      Home.keep(scope, flat);
      int[] columns = parts.get(i).columns;
      matrices.add(
          columns == null
              ? flat
              : EditScript.SCRIPT.call(scope, "columns", flat, EditScript.index(scope, columns)));
    }
    NDArray all =
        matrices.size() == 1
            ? matrices.get(0)
            : EditScript.SCRIPT.call(scope, "cat", (Object) matrices.toArray(NDArray[]::new));
    return new Built(all, starts);
  }

  /** The pool as a matrix, [row, column]. */
  record Built(NDArray matrix, int[] starts) {
    int row(Place place) {
      return place.part() < 0 ? place.row() : starts[place.part()] + place.row();
    }
  }
}
