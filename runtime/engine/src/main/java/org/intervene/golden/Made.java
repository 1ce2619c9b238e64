package org.intervene.golden;

import org.intervene.result.Processor;
import org.intervene.result.Provenance;

/**
 * With what a table was made: all that may move its last digits.
 *
 * @param intervene version of this program
 * @param engine name and version of the tensor engine
 * @param processor as the system calls it
 * @param threads of the tensor engine
 * @param device {@code cpu} or {@code cuda}
 */
public record Made(
    String intervene, String engine, String processor, int threads, String dtype, String device) {
  /** With what a result was just made, on this machine. */
  public static Made of(Provenance provenance, int threads) {
    return new Made(
        provenance.version(),
        provenance.engine(),
        Processor.name(),
        threads,
        provenance.dtype(),
        provenance.device());
  }

  /** Such as {@code PyTorch 2.7.1, AMD EPYC 7763, 2 threads, float32 on cpu, intervene 0.1.0}. */
  public String text() {
    return "%s, %s, %d %s, %s on %s, intervene %s"
        .formatted(
            engine,
            processor,
            threads,
            threads == 1 ? "thread" : "threads",
            dtype,
            device,
            intervene);
  }
}
