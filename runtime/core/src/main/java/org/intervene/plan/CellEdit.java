package org.intervene.plan;

import org.intervene.diagnostic.Span;

/**
 * One edit of one slice, x.
 *
 * @param span the statement that asked for it
 */
public record CellEdit(Span span, Slice slice, Change change) {

  /** The new value of x. */
  public sealed interface Change {
    /** c x + 0: {@code zero} is c = 0. */
    record Scale(double by) implements Change {}

    /** The number everywhere. {@code knock out} sets scores to minus infinity. */
    record Fill(double value) implements Change {}

    /** min(max(x, low), high). */
    record Clamp(double low, double high) implements Change {}

    /**
     * (keep ? x : 0) + weight times the value of a slice of another cell: {@code patch}, {@code
     * freeze}, {@code resample}, {@code add from}, {@code subtract from}.
     *
     * @param source selects as many positions, heads and units as the edited slice
     */
    record FromCell(int cell, Slice source, boolean keep, double weight) implements Change {}

    /** A mean, the same for every selected position, or by position, or by token. */
    record FromStatistic(int statistic) implements Change {}

    /**
     * (keep ? x : 0) + coefficient times a vector over the last axis (flattened heads and units if
     * it is that wide).
     */
    record AddVector(int vector, double coefficient, boolean keep) implements Change {}

    /** x - (x v) v for v a vector of norm one. */
    record Project(int vector) implements Change {}

    /**
     * x + sigma e, where e is standard normal and depends on the seed, the example and the element
     * alone: on nothing that differs between cells of a sweep.
     */
    record Noise(double sigma, long seed, int example) implements Change {}
  }
}
