package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution.CollectedTensor;
import org.intervene.plan.Slice;

/** Makes what {@code collect} saves, in the run's dtype. */
final class CollectedTensors {
  private final Dtype dtype;

  CollectedTensors(Dtype dtype) {
    this.dtype = dtype;
  }

  /** One value of a cell: its slices side by side, with a layer axis if there are several. */
  CollectedTensor of(Cell cell, Cell.Collected collected, Operands operands) {
    List<Slice> slices = collected.slices();
    double[][] parts = new double[slices.size()][];
    long[] shape = null;
    for (int i = 0; i < parts.length; i++) {
      Slice slice = slices.get(i);
      HostValue value = operands.value(cell.id(), slice.site(), slice.layer());
      parts[i] = selected(value, slice);
      shape = shape(value, slice, slices.size());
    }
    return tensor(parts, shape);
  }

  private static double[] selected(HostValue value, Slice slice) {
    int[] elements = value.elements(slice);
    double masked = slice.site() == Site.SCORES ? Double.NEGATIVE_INFINITY : 0;
    double[] x = new double[elements.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = elements[i] < 0 ? masked : value.data()[elements[i]];
    }
    return x;
  }

  private static long[] shape(HostValue value, Slice slice, int layers) {
    long at = slice.positions() == null ? value.positions() : slice.positions().length;
    long heads = slice.heads() == null ? value.heads() : slice.heads().length;
    long from = slice.sources() == null ? value.positions() : slice.sources().length;
    long units = value.units(slice);
    long[] own =
        slice.site().hasSources()
            ? new long[] {heads, at, from}
            : slice.site().group().isPresent()
                ? new long[] {at, heads, units}
                : new long[] {at, units};
    if (layers == 1) {
      return own;
    }
    long[] shape = new long[own.length + 1];
    shape[0] = layers;
    System.arraycopy(own, 0, shape, 1, own.length);
    return shape;
  }

  private CollectedTensor tensor(double[][] parts, long[] shape) {
    double[] joined = new double[parts.length * parts[0].length];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, joined, i * parts[0].length, parts[0].length);
    }
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray x = Tensors.of(scope, joined, dtype, shape);
      return new CollectedTensor(dtype.safetensors(), shape, Tensors.toBytes(x));
    }
  }
}
