package org.intervene.experiment;

import java.util.List;
import java.util.OptionalLong;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.explain.Memory;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
import org.intervene.optimise.Spilling;
import org.intervene.plan.Plan;

/** Finds a plan whose weights, kept values and largest step fit into a budget together. */
final class MemoryBudget {
  private static final long MIB = 1L << 20;

  /** A pack smaller than this gains nothing from being one. */
  private static final long SMALLEST_PACK = 8 * MIB;

  /** How much smaller packs are made if a plan does not fit. */
  private static final long SMALLER = 4;

  private final Plan plan;
  private final Exactness least;
  private final int elementBytes;
  private final boolean collecting;
  private final Memory fixed;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   * @param fixed what the program and the weights take
   */
  MemoryBudget(Plan plan, Exactness least, int elementBytes, boolean collecting, Memory fixed) {
    this.plan = plan;
    this.least = least;
    this.elementBytes = elementBytes;
    this.collecting = collecting;
    this.fixed = fixed;
  }

  /** The budget in bytes: what was asked for, or half of what the device has. */
  static long of(OptionalLong asked, DeviceMemory device) {
    return asked.orElseGet(() -> device.total() / 2);
  }

  /**
   * The plan with the largest packs that fits. Packs are at most a quarter of what the program and
   * the weights leave, since what they leave behind lives beside them. If that is too much, works
   * that share nothing go one batch after the other; if it still is, packs are made smaller; and if
   * no packs are small enough, what they leave behind waits in a file.
   *
   * @throws DiagnosticException if no plan fits
   */
  PhysicalPlan fitting(long budget) {
    long rest = budget - fixed.peak();
    long batch = Math.max(1, rest / 4);
    for (long pack = rest / 4; pack >= SMALLEST_PACK; pack /= SMALLER) {
      for (long left : new long[] {Long.MAX_VALUE, batch}) {
        PhysicalPlan physical = packed(pack, left);
        if (needs(physical) <= rest) {
          return physical;
        }
      }
    }
    for (long pack = Math.max(rest / 4, SMALLEST_PACK); pack >= 1; pack = smaller(pack)) {
      PhysicalPlan physical = spilling(packed(pack, batch), rest);
      if (needs(physical) <= rest) {
        return physical;
      }
    }
    PhysicalPlan smallest = smallest();
    if (needs(smallest) > rest) {
      throw refused(budget, smallest);
    }
    return smallest;
  }

  /** Every work in a pack of its own and every group in a batch, in memory or not. */
  private PhysicalPlan smallest() {
    PhysicalPlan inMemory = packed(1, 1);
    PhysicalPlan inFile = spilling(inMemory, 0);
    return needs(inMemory) <= needs(inFile) ? inMemory : inFile;
  }

  /** Whether freed memory that the allocator does not give back could break the budget. */
  boolean isTight(PhysicalPlan physical, long budget) {
    return fixed.peak() + needs(physical) * 3 / 2 > budget;
  }

  /** At the end every work is a pack of its own. */
  private static long smaller(long pack) {
    return pack == 1 ? 0 : Math.max(1, pack / SMALLER < SMALLEST_PACK ? 1 : pack / SMALLER);
  }

  private PhysicalPlan packed(long packBytes, long batchBytes) {
    return Optimiser.optimise(plan, least, packBytes, elementBytes, batchBytes);
  }

  private PhysicalPlan spilling(PhysicalPlan physical, long most) {
    return Spilling.under(plan, physical, elementBytes, collecting, most);
  }

  private long needs(PhysicalPlan physical) {
    return Residence.of(plan, physical, elementBytes, collecting).peak();
  }

  private DiagnosticException refused(long budget, PhysicalPlan smallest) {
    Residence residence = Residence.of(plan, smallest, elementBytes, collecting);
    return new DiagnosticException(
        DiagnosticException.Kind.MEMORY,
        List.of(
            Diagnostic.error(
                "memory.budget",
                Span.NONE,
                "the budget of %s cannot hold the program (%s), the weights (%s), what stays in memory beside the steps (%s) and one cell at a time (%s)"
                    .formatted(
                        mib(budget),
                        mib(fixed.program()),
                        mib(fixed.weights()),
                        mib(residence.kept() + residence.collected()),
                        mib(residence.largest())),
                "`--memory %s` would do, or a narrower dtype such as `--dtype bfloat16`"
                    .formatted(mib(fixed.peak() + residence.peak())))));
  }

  private static String mib(long bytes) {
    return (bytes + MIB - 1) / MIB + "M";
  }
}
