package org.intervene.plan;

import java.util.Map;

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
   * @param bytes little-endian elements, row-major
   */
  public record CollectedTensor(String dtype, long[] shape, byte[] bytes) {}
}
