package org.intervene.plan;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What an executor computed.
 *
 * @param reads [cell][read] in the order of {@link Cell#reads()}
 * @param collected by cell id and name
 */
public record Execution(double[][] reads, Map<CollectKey, CollectedTensor> collected) {
  public Execution {
    collected = Map.copyOf(collected);
  }

  /** Which value of which cell. */
  public record CollectKey(int cell, String name) {}

  /**
   * A saved value in the run's dtype.
   *
   * @param dtype safetensors name of the type: {@code F32}, {@code F64}, {@code F16} or {@code
   *     BF16}
   * @param shape [layer if several were selected, then the site's axes]
   * @param content little-endian elements, row-major; read again from a file each time if that is
   *     where they are kept
   */
  public record CollectedTensor(String dtype, long[] shape, Supplier<byte[]> content) {
    /** A value in memory. */
    public CollectedTensor(String dtype, long[] shape, byte[] bytes) {
      this(dtype, shape, () -> bytes);
    }

    /** Its elements. */
    public byte[] bytes() {
      return content.get();
    }
  }
}
