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
    double[] all = new double[0];
    long[] shape = null;
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      HostValue value = operands.value(cell.id(), slice.site(), slice.layer());
      int[] elements = value.elements(slice);
      if (i == 0) {
        all = new double[Math.multiplyExact(slices.size(), elements.length)];
        shape = shape(value, slice, slices.size());
      }
      select(value, elements, all, i * elements.length);
    }
    return tensor(all, shape);
  }

  private static void select(HostValue value, int[] elements, double[] to, int start) {
    double masked = value.site() == Site.SCORES ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < elements.length; i++) {
      to[start + i] = elements[i] < 0 ? masked : value.data()[elements[i]];
    }
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

  private CollectedTensor tensor(double[] elements, long[] shape) {
    try (NDManager scope = TorchRuntime.start().newManager()) {
      NDArray x = Tensors.of(scope, elements, dtype, shape);
      return new CollectedTensor(dtype.safetensors(), shape, Tensors.toBytes(x));
    }
  }
}
