package org.intervene.model.part;

import java.util.Arrays;
import java.util.Optional;

/**
 * A weight, as a part of a tensor in the checkpoint.
 *
 * @param name the tensor's name in the file
 * @param fileShape the shape that it must have there
 * @param transposed whether the weight is the transpose of the tensor
 * @param rows rows of the tensor (after transposition) that the weight consists of; absent means
 *     all
 */
public record TensorRef(String name, long[] fileShape, boolean transposed, Optional<Rows> rows) {

  /** The whole tensor, as it is. */
  public static TensorRef of(String name, long... shape) {
    return new TensorRef(name, shape, false, Optional.empty());
  }

  /**
   * The transpose of a matrix.
   *
   * @param rows rows of the weight, which are columns in the file
   */
  public static TensorRef transposed(String name, long rows, long columns) {
    return new TensorRef(name, new long[] {columns, rows}, true, Optional.empty());
  }

  /** Some rows of this weight, which must be a whole tensor. */
  public TensorRef pick(Rows wanted) {
    if (rows.isPresent()) {
      throw new IllegalStateException("rows of " + name + " are chosen already");
    }
    return new TensorRef(name, fileShape, transposed, Optional.of(wanted));
  }

  /** The weight's own shape. */
  public long[] shape() {
    long[] shape = fileShape.clone();
    if (transposed) {
      shape[0] = fileShape[1];
      shape[1] = fileShape[0];
    }
    rows.ifPresent(r -> shape[0] = r.count());
    return shape;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorRef t
        && name.equals(t.name)
        && Arrays.equals(fileShape, t.fileShape)
        && transposed == t.transposed
        && rows.equals(t.rows);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + rows.hashCode();
  }

  @Override
  public String toString() {
    return name
        + Arrays.toString(fileShape)
        + (transposed ? " transposed" : "")
        + rows.map(r -> " " + r).orElse("");
  }
}
