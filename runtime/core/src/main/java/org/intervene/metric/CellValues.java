package org.intervene.metric;

import org.intervene.plan.Execution;

/** The numbers that cells gave. */
public interface CellValues {
  /**
   * One number.
   *
   * @param cell id of a cell
   * @param read index in {@link org.intervene.plan.Cell#reads()}
   */
  double read(int cell, int read);

  /** What an executor computed. */
  static CellValues of(Execution execution) {
    return (cell, read) -> execution.reads()[cell][read];
  }

  /** Zeros: enough to check axes and names before anything is run. */
  static CellValues none() {
    return (cell, read) -> 0;
  }
}
