package org.intervene.tests;

import java.util.Optional;
import org.intervene.compile.Compiled;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.Dtype;
import org.intervene.plan.Execution;

/**
 * The law of the planner for one spec: every plan, and packs of every size, give the naive plan's
 * numbers.
 *
 * @param bench the model
 * @param tolerance largest difference, relative to the number or to 1 if that is more
 */
record Law(Bench bench, double tolerance) {
  static Law in(Dtype dtype, Bench bench) {
    return new Law(bench, dtype == Dtype.FLOAT64 ? 1e-9 : 1e-4);
  }

  /** Whether a spec says anything: an edit that can never fire is an error, say. */
  boolean applies(String spec) {
    try {
      bench.compile(spec);
      return true;
    } catch (DiagnosticException | AssertionError refused) {
      return false;
    }
  }

  /** Where a plan gives another number; empty if none does. */
  Optional<String> broken(String spec) {
    Compiled compiled = bench.compile(spec);
    Execution naive = bench.naive(compiled);
    return differs("packed", naive, bench.packed(compiled, 1L << 28))
        .or(() -> differs("small packs", naive, bench.packed(compiled, 1)))
        .or(() -> differs("strict", naive, bench.strict(compiled, 1L << 28)));
  }

  /**
   * Whether the naive plan's numbers are themselves no better than others: those of float64 are
   * farther away than the tolerance, as after a norm of what two equal values left of each other.
   */
  boolean isIllConditioned(String spec, Bench exact) {
    Execution rounded = bench.naive(bench.compile(spec));
    return differs("naive", exact.naive(exact.compile(spec)), rounded).isPresent();
  }

  private Optional<String> differs(String plan, Execution naive, Execution other) {
    for (int cell = 0; cell < naive.reads().length; cell++) {
      for (int r = 0; r < naive.reads()[cell].length; r++) {
        double wanted = naive.reads()[cell][r];
        double got = other.reads()[cell][r];
        if (!equal(wanted, got)) {
          return Optional.of(
              "%s: cell %d read %d is %s, not %s".formatted(plan, cell, r, got, wanted));
        }
      }
    }
    return Optional.empty();
  }

  /** A spec may make NaN, as zero times a masked score: then every plan has to. */
  private boolean equal(double wanted, double got) {
    if (!Double.isFinite(wanted) || !Double.isFinite(got)) {
      return Double.compare(wanted, got) == 0;
    }
    return Math.abs(wanted - got) <= tolerance * Math.max(1, Math.abs(wanted));
  }
}
