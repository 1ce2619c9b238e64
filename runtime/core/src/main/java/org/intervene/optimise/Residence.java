package org.intervene.optimise;

import org.intervene.plan.Plan;

/**
 * Estimate of the memory that a plan needs beside the weights.
 *
 * @param kept most bytes of values that packs leave behind in memory, at any time
 * @param heap bytes in Java's memory: sums of means, vectors, what waits to be compared
 * @param collected bytes of what is collected, if that stays in memory, which is Java's
 * @param largest bytes of the largest pack
 * @param spilled bytes that wait in a file for their readers
 * @param loaded bytes that are read back from that file
 */
public record Residence(
    long kept, long heap, long collected, long largest, long spilled, long loaded) {
  /** Tensors go to the file in pieces of about so many bytes: no copy of a whole one is needed. */
  public static final long PIECE = 1L << 22;

  /** Java's memory grows ahead of what it holds, and gives little back. */
  private static final long GROWTH = 2;

  /** Most bytes in use at once. */
  public long peak() {
    return kept + collected + grown() + largest;
  }

  /** What Java's memory takes with its room to grow, less what is collected. */
  public long grown() {
    return grown(heap, collected);
  }

  static long grown(long heap, long collected) {
    return GROWTH * heap + (GROWTH - 1) * collected;
  }

  /** Most bytes of this on a device that Java's memory is not on. */
  public long onDevice() {
    return kept + largest;
  }

  /** Bytes that have to fit into Java's memory. */
  public long inJava() {
    return heap + collected;
  }

  /**
   * Estimates a plan.
   *
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   */
  public static Residence of(
      Plan plan, PhysicalPlan physical, int elementBytes, boolean collecting) {
    return new Estimate(plan, physical, elementBytes, collecting).with(physical.spilled());
  }

  /**
   * Estimates the naive plan, which keeps everything in Java's memory, what is collected too.
   *
   * @param elementBytes bytes of one element in the run's dtype
   */
  public static Residence naive(Plan plan, int elementBytes) {
    return new NaiveEstimate(plan, elementBytes).residence();
  }
}
