package org.intervene.explain;

import org.intervene.optimise.Residence;

/**
 * Where the memory of a plan goes, in bytes.
 *
 * @param program the program itself, whatever it computes
 * @param weights the model's weights
 * @param kept most at any time that steps have left behind in memory and others still read
 * @param java what Java's memory holds of means, vectors and the like, with its room to grow; all
 *     that the naive plan keeps
 * @param collected what the spec collects, where that is not written to a result as it is computed
 * @param largest the largest step, with the logits that it computes whole
 * @param spilled what steps leave for others in a file, since memory cannot hold it
 * @param loaded what is read back from that file
 */
public record Memory(
    long program,
    long weights,
    long kept,
    long java,
    long collected,
    long largest,
    long spilled,
    long loaded) {

  /** Memory that is taken whatever the plan is. */
  public static Memory of(long program, long weights) {
    return new Memory(program, weights, 0, 0, 0, 0, 0, 0);
  }

  /** The same with what a plan needs. */
  Memory with(Residence plan) {
    return new Memory(
        program,
        weights,
        plan.kept(),
        plan.grown(),
        plan.collected(),
        plan.largest(),
        plan.spilled(),
        plan.loaded());
  }

  /** Estimate of the most in use at once. */
  public long peak() {
    return program + weights + kept + java + collected + largest;
  }
}
