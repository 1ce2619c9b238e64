package org.intervene.experiment;

import java.util.Optional;
import org.intervene.model.placement.FreeMemory;

/**
 * Most bytes that program, weights and work may use together.
 *
 * @param bytes that may be used
 * @param tightest of several devices, if there are several; it may allow more than was asked for
 */
record Budget(long bytes, Optional<Tightest> tightest) {

  /**
   * The device that has the least room beside its weights.
   *
   * @param device its name
   * @param free bytes that it has for weights and work
   * @param weights bytes of those weights that lie on it
   * @param allows most bytes that program, all weights and work may use for its sake
   */
  record Tightest(String device, long free, long weights, long allows) {
    private boolean isGpu() {
      return !device.equals(FreeMemory.CPU);
    }
  }

  /** A budget that was asked for, or is a part of the only device's memory. */
  static Budget of(long bytes) {
    return new Budget(bytes, Optional.empty());
  }

  /** What cannot hold a plan, as the subject of a sentence. */
  String subject(long needed) {
    return decides(needed)
        .map(
            t ->
                "%s, which has the least room of the devices (%s beside its weights),"
                    .formatted(t.device, mib(t.free - t.weights)))
        .orElseGet(() -> "the budget of " + mib(bytes));
  }

  /**
   * What would make room for a plan.
   *
   * @param needed bytes of program, all weights and work
   * @param program bytes of the program
   * @param weights bytes of all weights
   */
  String cure(long needed, long program, long weights) {
    Optional<Tightest> device = decides(needed);
    if (device.isEmpty()) {
      return "`--memory %s` would do".formatted(mib(needed));
    }
    Tightest t = device.get();
    long free = t.weights + program + room(needed - program - weights);
    return t.isGpu()
        ? "%s free on %s would do, where %s are (`--memory` does not change that), or `--device cpu`"
            .formatted(mib(free), t.device, mib(t.free))
        : "`--memory %s` would do".formatted(mib(free));
  }

  private Optional<Tightest> decides(long needed) {
    return tightest.filter(t -> needed > t.allows);
  }

  /** The room for work goes in powers of two. */
  private static long room(long work) {
    long highest = Long.highestOneBit(Math.max(1, work));
    return highest < work ? 2 * highest : highest;
  }

  /** Whole megabytes, rounded up. */
  static String mib(long bytes) {
    return ((bytes + (1L << 20) - 1) >> 20) + "M";
  }
}
