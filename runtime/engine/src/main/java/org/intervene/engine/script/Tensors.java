package org.intervene.engine.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.intervene.model.Dtype;

/** Conversions between Java arrays and tensors of any dtype, bfloat16 included. */
public final class Tensors {
  private static final ScriptModule SCRIPT = ScriptModule.ofResource(Tensors.class, "tensors.py");

  private Tensors() {}

  /** libtorch's number for a dtype. */
  public static int scalarType(Dtype dtype) {
    return switch (dtype) {
      case FLOAT16 -> 5;
      case FLOAT32 -> 6;
      case FLOAT64 -> 7;
      case BFLOAT16 -> 15;
    };
  }

  /**
   * The dtype of a tensor. DJL itself has no name for bfloat16 and calls it unknown.
   *
   * @throws IllegalArgumentException if it does not hold floating-point numbers
   */
  public static Dtype dtype(NDArray x) {
    long number = SCRIPT.callLong("scalar_type", x);
    for (Dtype dtype : Dtype.values()) {
      if (scalarType(dtype) == number) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("not a floating-point tensor: scalar type " + number);
  }

  /** The same numbers in another dtype; the tensor itself (with a new owner) if it has it. */
  public static NDArray cast(NDManager owner, NDArray x, Dtype dtype) {
    return SCRIPT.call(owner, "cast", x, scalarType(dtype));
  }

  /** A tensor with the given elements, row-major, rounded to the dtype. */
  public static NDArray of(NDManager owner, double[] elements, Dtype dtype, long... shape) {
    NDArray wide =
        sent(
            owner,
            at -> at.create(DoubleBuffer.wrap(elements), new Shape(shape), DataType.FLOAT64));
    if (dtype == Dtype.FLOAT64) {
      return wide;
    }
    try (wide) {
      return cast(owner, wide, dtype);
    }
  }

  /** Whole numbers as a tensor of 32 bits each, such as rows that are picked. */
  public static NDArray indices(NDManager owner, int... numbers) {
    return sent(owner, at -> at.create(numbers));
  }

  /** Whole numbers as a tensor of 64 bits each. */
  public static NDArray indices(NDManager owner, long... numbers) {
    return sent(owner, at -> at.create(numbers));
  }

  /**
   * A tensor from Java's memory. DJL would let a GPU finish all that was begun before it copies;
   * the order in which a GPU takes its work makes that needless.
   */
  private static NDArray sent(NDManager owner, Function<NDManager, NDArray> made) {
    Home home = Home.of(owner);
    NDArray x;
    if (home.isGpu()) {
      try (NDManager here = Home.CPU.under(owner)) {
        x = SCRIPT.call(owner, "sent", made.apply(here), home.torch());
      }
    } else {
      x = made.apply(owner);
    }
    ScriptModule.sent(x);
    return x;
  }

  /** A tensor of zeros. */
  public static NDArray zeros(NDManager owner, Dtype dtype, long... shape) {
    return SCRIPT.call(owner, "zeros", shape, scalarType(dtype), Home.of(owner).torch());
  }

  /** A tensor of whatever the memory holds. */
  public static NDArray empty(NDManager owner, Dtype dtype, long... shape) {
    return SCRIPT.call(owner, "empty", shape, scalarType(dtype), Home.of(owner).torch());
  }

  /** All elements, row-major, widened to 64 bits. */
  public static double[] toDoubles(NDArray x) {
    ScriptModule.fetched(x);
    if (x.getDataType() == DataType.FLOAT64) {
      return x.toDoubleArray();
    }
    try (NDManager scope = x.getManager().newSubManager()) {
      return cast(scope, x, Dtype.FLOAT64).toDoubleArray();
    }
  }

  /** All elements as little-endian bytes, row-major, in the tensor's own dtype. */
  public static byte[] toBytes(NDArray x) {
    ScriptModule.fetched(x);
    try (NDManager scope = x.getManager().newSubManager()) {
      return SCRIPT.call(scope, "raw_bytes", x).toByteArray();
    }
  }

  /** The bytes of all elements, row-major, as a tensor of bytes with memory of its own. */
  public static NDArray bytes(NDManager owner, NDArray x) {
    return SCRIPT.call(owner, "raw_bytes", x);
  }

  /** A tensor of so many bytes of whatever the memory holds. */
  public static NDArray bytes(NDManager owner, long length) {
    return SCRIPT.call(owner, "empty", new long[] {length}, 0, Home.of(owner).torch());
  }

  /** Bytes seen as numbers, without a copy. */
  public static NDArray ofBytes(NDManager owner, NDArray bytes, Dtype dtype, long... shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape[i];
    }
    return SCRIPT.call(owner, "numbers", bytes, scalarType(dtype), shape, strides);
  }

  /** The lengths of a tensor's axes. */
  public static int[] shape(NDArray x) {
    return Arrays.stream(x.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }
}
