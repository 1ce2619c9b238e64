package org.intervene.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;

/** How an execution's memory is divided. */
final class MemoryBudget {
  /** A pack smaller than this gains nothing from being one. */
  private static final long SMALLEST_PACK = 8L << 20;

  private MemoryBudget() {}

  /**
   * Bytes that one pack may need: a quarter of what the weights leave, since caches, results and
   * the engine's own workspace live beside it.
   *
   * @param asked most bytes in all; absent means half the machine
   * @param weights bytes of the model's weights in the run's dtype
   */
  static long packBytes(OptionalLong asked, long weights) {
    long budget = asked.orElseGet(() -> machine() / 2);
    long left = (budget - weights) / 4;
    if (left < SMALLEST_PACK) {
      throw new DiagnosticException(
          DiagnosticException.Kind.MEMORY,
          java.util.List.of(
              Diagnostic.error(
                  "memory.budget",
                  Span.NONE,
                  "the budget of "
                      + mib(budget)
                      + " cannot hold the weights ("
                      + mib(weights)
                      + ") and a pack beside them",
                  "give at least "
                      + mib(weights + 4 * SMALLEST_PACK)
                      + ", or a narrower dtype such as `--dtype bfloat16`")));
    }
    return left;
  }

  private static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static String mib(long bytes) {
    return (bytes + (1 << 20) - 1) / (1 << 20) + "M";
  }
}
