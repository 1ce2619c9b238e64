package org.intervene.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalLong;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.optimise.Exactness;
import org.intervene.optimise.Optimiser;
import org.intervene.optimise.PhysicalPlan;
import org.intervene.optimise.Residence;
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
  private final long weights;
  private final int elementBytes;

  /**
   * @param weights bytes of the model's weights in the run's dtype
   * @param elementBytes bytes of one element in it
   */
  MemoryBudget(Plan plan, Exactness least, long weights, int elementBytes) {
    this.plan = plan;
    this.least = least;
    this.weights = weights;
    this.elementBytes = elementBytes;
  }

  /**
   * The plan with the largest packs that fits. Packs are at most a quarter of what the weights
   * leave, since what they leave behind lives beside them.
   *
   * @param asked most bytes in all; absent means half the machine
   * @throws DiagnosticException if no plan fits
   */
  PhysicalPlan fitting(OptionalLong asked) {
    long budget = asked.orElseGet(() -> machine() / 2);
    for (long pack = (budget - weights) / 4; pack >= SMALLEST_PACK; pack /= SMALLER) {
      PhysicalPlan physical = packed(pack);
      if (needs(physical) <= budget) {
        return physical;
      }
    }
    PhysicalPlan smallest = packed(1);
    if (needs(smallest) > budget) {
      throw refused(budget, smallest);
    }
    PhysicalPlan small = packed(SMALLEST_PACK);
    return needs(small) <= budget ? small : smallest;
  }

  private PhysicalPlan packed(long packBytes) {
    return Optimiser.optimise(plan, least, packBytes, elementBytes);
  }

  private long needs(PhysicalPlan physical) {
    return weights + Residence.of(plan, physical, elementBytes).peak();
  }

  private DiagnosticException refused(long budget, PhysicalPlan smallest) {
    Residence residence = Residence.of(plan, smallest, elementBytes);
    return new DiagnosticException(
        DiagnosticException.Kind.MEMORY,
        List.of(
            Diagnostic.error(
                "memory.budget",
                Span.NONE,
                "the budget of %s cannot hold the weights (%s), what steps keep for others (%s) and one cell at a time (%s)"
                    .formatted(
                        mib(budget), mib(weights), mib(residence.kept()), mib(residence.largest())),
                "`--memory %s` would do, or a narrower dtype such as `--dtype bfloat16`"
                    .formatted(mib(needs(smallest))))));
  }

  private static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static String mib(long bytes) {
    return (bytes + MIB - 1) / MIB + "M";
  }
}
