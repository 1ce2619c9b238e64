package org.intervene.journal;

import java.util.List;
import java.util.Map;

/**
 * What the rest of a run needs of a finished pack, activations that other packs continue left out:
 * those are computed again. Lists that belong together by place are arrays of one length.
 *
 * @param waiting activations whose numbers depend on a vector that is not known yet
 * @param rows distributions that are still to be compared
 * @param vectors elements of vectors that were complete after the pack, by id
 */
public record PackRecord(
    Numbers numbers,
    List<Waiting> waiting,
    List<Row> rows,
    Map<Integer, double[]> vectors,
    List<Mean> means) {
  public PackRecord {
    waiting = List.copyOf(waiting);
    rows = List.copyOf(rows);
    vectors = Map.copyOf(vectors);
    means = List.copyOf(means);
  }

  /**
   * Numbers that were read.
   *
   * @param works ids
   * @param reads index in the work's reads
   */
  public record Numbers(int[] works, int[] reads, double[] values) {}

  /**
   * Activations that a read selects.
   *
   * @param data [position x element]
   */
  public record Waiting(int work, int read, int positions, double[] data) {}

  /** Logits at a position, [vocabulary]. */
  public record Row(int work, int position, double[] logits) {}

  /**
   * A mean over cells.
   *
   * @param sums by what the mean keeps apart
   * @param counts summands of each
   */
  public record Mean(int statistic, Map<Integer, double[]> sums, Map<Integer, Integer> counts) {}
}
