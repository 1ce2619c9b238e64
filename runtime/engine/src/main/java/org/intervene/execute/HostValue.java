package org.intervene.execute;

import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Slice;

/**
 * One site's tensor in one cell, in Java's memory.
 *
 * @param positions tokens of the cell's input
 * @param heads heads or experts; 1 for sites without them
 * @param width length of the last axis
 * @param causal whether no position attends to a later one
 * @param data row-major: [pos, head, width], or [head, pos, src] for {@code scores} and {@code
 *     pattern}
 */
public record HostValue(
    Site site, int positions, int heads, int width, boolean causal, double[] data) {

  /** Wraps the elements of a site's tensor. */
  public static HostValue of(Site site, ModelFacts facts, int positions, double[] data) {
    int width = facts.length(site.last(), positions);
    return new HostValue(site, positions, facts.groups(site), width, facts.causal(), data);
  }

  /** Number of units of a slice at one position and head. */
  int units(Slice slice) {
    return slice.units() == null ? width : slice.units().length;
  }

  /**
   * Where the elements of a slice stand in {@link #data}: in the order [position, head, unit], or
   * [head, position, source]; -1 for an attention edge that the causal mask forbids, which no edit
   * touches.
   */
  int[] elements(Slice slice) {
    int[] at = slice.positions() == null ? upTo(positions) : slice.positions();
    int[] head = slice.heads() == null ? upTo(heads) : slice.heads();
    return site.hasSources() ? edges(slice, at, head) : rows(slice, at, head);
  }

  private int[] rows(Slice slice, int[] at, int[] head) {
    int[] unit = slice.units() == null ? upTo(width) : slice.units();
    int[] found = new int[at.length * head.length * unit.length];
    int n = 0;
    for (int p : at) {
      for (int h : head) {
        for (int u : unit) {
          found[n++] = (p * heads + h) * width + u;
        }
      }
    }
    return found;
  }

  private int[] edges(Slice slice, int[] at, int[] head) {
    int[] from = slice.sources() == null ? upTo(positions) : slice.sources();
    int[] found = new int[head.length * at.length * from.length];
    int n = 0;
    for (int h : head) {
      for (int p : at) {
        for (int s : from) {
          found[n++] = s <= p || !causal ? (h * positions + p) * positions + s : -1;
        }
      }
    }
    return found;
  }

  private static int[] upTo(int n) {
    return IntStream.range(0, n).toArray();
  }
}
