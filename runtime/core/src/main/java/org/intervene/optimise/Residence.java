package org.intervene.optimise;

import org.intervene.plan.Plan;

/**
 * Estimate of the memory that a plan needs beside the weights.
 *
 * @param kept most bytes of values that packs leave behind in memory, at any time
 * @param collected bytes of what is collected, if that stays in memory
 * @param largest bytes of the largest pack
 * @param spilled bytes that wait in a file for their readers
 * @param loaded bytes that are read back from that file
 */
public record Residence(long kept, long collected, long largest, long spilled, long loaded) {
  /** Tensors go to the file in pieces of about so many bytes: no copy of a whole one is needed. */
  public static final long PIECE = 1L << 22;

  /** Most bytes in use at once. */
  public long peak() {
    return kept + collected + largest;
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
}
