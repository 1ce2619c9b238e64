package org.intervene.optimise;

import org.intervene.plan.Read;

/** What an executor needs to know of what works are asked for. */
public final class Positions {
  private Positions() {}

  /** The positions of a work that anything is read at, ascending. */
  public static int[] read(Work work, int layers) {
    return Wanted.of(work, layers).positions();
  }

  /** A cell's read as its work has it: comparisons name works instead of cells. */
  public static Read renamed(Read read, int[] ofCell) {
    return ShareRuns.renamed(read, ofCell);
  }
}
