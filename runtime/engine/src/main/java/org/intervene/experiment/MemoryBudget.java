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
  private final int elementBytes;
  private final boolean collecting;
  private final Memory fixed;
  private final Budget budget;
  private final boolean inMachine;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   * @param fixed what the program and the weights take
   * @param inMachine whether the budget is for memory that Java's is a part of
   */
  MemoryBudget(
      Plan plan,
      int elementBytes,
      boolean collecting,
      Memory fixed,
      Budget budget,
      boolean inMachine) {
    this.plan = plan;
    this.elementBytes = elementBytes;
    this.collecting = collecting;
    this.fixed = fixed;
    this.budget = budget;
    this.inMachine = inMachine;
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
   * @param least how exact the plan's rules have to be
   * @throws DiagnosticException if no plan fits
   */
  PhysicalPlan fitting(Exactness least) {
    long rest = budget.bytes() - fixed.peak();
    long batch = Math.max(1, rest / 4);
    for (long pack = rest / 4; pack >= SMALLEST_PACK; pack /= SMALLER) {
      for (long left : new long[] {Long.MAX_VALUE, batch}) {
        PhysicalPlan physical = packed(least, pack, left);
        if (needs(physical) <= rest) {
          return physical;
        }
      }
    }
    for (long pack = Math.max(rest / 4, SMALLEST_PACK); pack >= 1; pack = smaller(pack)) {
      PhysicalPlan physical = spilling(packed(least, pack, batch), rest);
      if (needs(physical) <= rest) {
        return physical;
      }
    }
    PhysicalPlan smallest = smallest(least);
    if (needs(smallest) > rest) {
      throw refused(residence(smallest));
    }
    return smallest;
  }

  /** Every work in a pack of its own and every group in a batch, in memory or not. */
  private PhysicalPlan smallest(Exactness least) {
    PhysicalPlan inMemory = packed(least, 1, 1);
    PhysicalPlan inFile = spilling(inMemory, 0);
    return needs(inMemory) <= needs(inFile) ? inMemory : inFile;
  }

  /**
   * Sees to it that the naive plan fits.
   *
   * @throws DiagnosticException if it does not
   */
  void requireNaive() {
    Residence residence = Residence.naive(plan, elementBytes);
    if (fixed.peak() + needs(residence) > budget.bytes()) {
      throw refusedNaive(residence);
    }
  }

  /** Whether freed memory that the allocator does not give back could break the budget. */
  boolean isTight(PhysicalPlan physical) {
    return inMachine && fixed.peak() + needs(physical) * 3 / 2 > budget.bytes();
  }

  /** At the end every work is a pack of its own. */
  private static long smaller(long pack) {
    return pack == 1 ? 0 : Math.max(1, pack / SMALLER < SMALLEST_PACK ? 1 : pack / SMALLER);
  }

  private PhysicalPlan packed(Exactness least, long packBytes, long batchBytes) {
    return Optimiser.optimise(plan, least, packBytes, elementBytes, batchBytes);
  }

  private PhysicalPlan spilling(PhysicalPlan physical, long most) {
    long elsewhere = residence(physical).peak() - needs(physical);
    return Spilling.under(plan, physical, elementBytes, collecting, most + elsewhere);
  }

  private Residence residence(PhysicalPlan physical) {
    return Residence.of(plan, physical, elementBytes, collecting);
  }

  private long needs(PhysicalPlan physical) {
    return needs(residence(physical));
  }

  private long needs(Residence residence) {
    return inMachine ? residence.peak() : residence.onDevice();
  }

  private DiagnosticException refused(Residence residence) {
    long needed = fixed.peak() + needs(residence);
    return refused(
        "%s cannot hold the program (%s), the weights (%s), what stays in memory beside the steps (%s) and one cell at a time (%s)"
            .formatted(
                budget.subject(needed),
                mib(fixed.program()),
                mib(fixed.weights()),
                mib(needs(residence) - residence.largest()),
                mib(residence.largest())),
        cure(needed) + ", or a narrower dtype such as `--dtype bfloat16`");
  }

  private DiagnosticException refusedNaive(Residence residence) {
    long needed = fixed.peak() + needs(residence);
    return refused(
        "%s cannot hold the program (%s), the weights (%s), what the naive plan keeps of all cells until the end (%s) and one cell at a time (%s)"
            .formatted(
                budget.subject(needed),
                mib(fixed.program()),
                mib(fixed.weights()),
                mib(needs(residence) - residence.largest()),
                mib(residence.largest())),
        cure(needed) + withoutNaive());
  }

  /** Whether a plan that the optimiser makes would fit. */
  private String withoutNaive() {
    try {
      fitting(Exactness.WITHIN_TOLERANCE);
      return "; without `--plan naive` it fits";
    } catch (DiagnosticException e) {
      return "; it does not fit without `--plan naive` either";
    }
  }

  private String cure(long needed) {
    return budget.cure(needed, fixed.program(), fixed.weights());
  }

  private static DiagnosticException refused(String message, String help) {
    return new DiagnosticException(
        DiagnosticException.Kind.MEMORY,
        List.of(Diagnostic.error("memory.budget", Span.NONE, message, help)));
  }

  private static String mib(long bytes) {
    return Budget.mib(bytes);
  }
}
