package org.intervene.optimise;

import java.util.List;
import java.util.stream.IntStream;
import org.intervene.plan.Read;

/** Reads of cells as their works have them. */
public final class Reads {
  private Reads() {}

  /** A cell's read with works in place of cells. */
  public static Read renamed(Read read, int[] ofCell) {
    if (read instanceof Read.Kl r) {
      return new Read.Kl(r.position(), ofCell[r.cell()], r.otherPosition());
    } else if (read instanceof Read.Js r) {
      return new Read.Js(r.position(), ofCell[r.cell()], r.otherPosition());
    }
    return read;
  }

  /**
   * The numbers that a read is made from: the loss of an input is the mean of its tokens'
   * log-probabilities with its sign turned, of which those before an edit are another work's; every
   * other read is a number of its own.
   */
  public static List<Read> parts(Read read, int[] tokens) {
    return read instanceof Read.Loss
        ? IntStream.range(0, tokens.length - 1)
            .mapToObj(p -> (Read) new Read.LogProb(p, tokens[p + 1]))
            .toList()
        : List.of(read);
  }
}
