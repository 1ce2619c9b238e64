package org.intervene.model.placement;

/**
 * The free memory of a device.
 *
 * @param name as a spec writes it: {@code cpu}, {@code cuda:0}. A name {@code cpu:0}, {@code cpu:1}
 *     and so on is a device that stands in for a GPU: its tensors are on the CPU, but count as
 *     being elsewhere
 * @param free bytes
 */
public record FreeMemory(String name, long free) {
  /** The processor's own memory. */
  public static final String CPU = "cpu";

  /** What a device has free that does not say. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /**
   * At least this much of a device is left to the engine's own code and workspaces and to what a
   * run computes.
   */
  static final long LEAST_RESERVE = 1L << 30;

  /** The part of a device that is left to what a run computes, if that is more. */
  static final long RESERVED_PART = 8;

  /** Bytes that weights may take; the rest is for what a run computes. */
  public long forWeights() {
    return Math.max(0, free - Math.max(LEAST_RESERVE, free / RESERVED_PART));
  }
}
