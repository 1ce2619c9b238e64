package org.intervene.model.torchfile;

import java.util.Arrays;

/**
 * A tensor of a torch file, whatever its dtype was, as float64.
 *
 * @param dtype torch's name of it, such as {@code float32}
 * @param shape length of each axis; empty for a single number
 * @param elements row-major
 */
public record TorchTensor(String dtype, int[] shape, double[] elements) {

  /** Whether it has exactly these axes. */
  public boolean is(int... axes) {
    return Arrays.equals(shape, axes);
  }

  /** Such as {@code float32 [20, 2]}. */
  @Override
  public String toString() {
    return dtype + " " + Arrays.toString(shape);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TorchTensor t
        && dtype.equals(t.dtype)
        && Arrays.equals(shape, t.shape)
        && Arrays.equals(elements, t.elements);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(elements);
  }
}
