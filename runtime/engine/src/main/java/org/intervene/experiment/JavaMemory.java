package org.intervene.experiment;

import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.optimise.Residence;

/** The part of the memory that Java manages, whose limit is fixed when the process starts. */
final class JavaMemory {
  private static final long MIB = 1L << 20;

  /** What the program itself holds there at most, and room for garbage. */
  private static final long OWN = 128 * MIB;

  private JavaMemory() {}

  /**
   * Sees to it that a plan's part fits.
   *
   * @throws DiagnosticException if it cannot
   */
  static void require(Residence plan) {
    require(plan.inJava(), Runtime.getRuntime().maxMemory());
  }

  /**
   * The same with another limit.
   *
   * @param needed bytes that the plan holds there
   * @param limit most bytes that Java may use
   */
  static void require(long needed, long limit) {
    if (needed > limit) {
      throw new DiagnosticException(
          DiagnosticException.Kind.MEMORY,
          List.of(
              Diagnostic.error(
                  "memory.java",
                  Span.NONE,
                  "%s of means, vectors and values that are collected or compared are kept in Java's memory, which may take %s"
                      .formatted(Budget.mib(needed), Budget.mib(limit)),
                  "allow it more: `INTERVENE_JAVA_OPTIONS=-Xmx%s` before the command"
                      .formatted(Budget.mib(needed + needed / 4 + OWN)))));
    }
  }
}
