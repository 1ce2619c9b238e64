package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/**
 * A distinct cell: what has to be computed once, for all cells that are equal to it.
 *
 * @param id index in {@link Works#works()}
 * @param tokens [pos]
 * @param edits in the order of the forward pass, edits of one site in written order; {@code
 *     FromCell} names works, not cells
 * @param reads distinct numbers wanted; comparisons name works, not cells
 * @param saved slices that means, vectors and {@code collect} read
 * @param lent slices that edits of other works read
 * @param compared positions whose whole next-token distribution another work's divergence reads
 */
public record Work(
    int id,
    int[] tokens,
    List<CellEdit> edits,
    List<Read> reads,
    List<Slice> saved,
    List<Slice> lent,
    List<Integer> compared,
    Route route) {

  public Work {
    List<CellEdit> ordered = new ArrayList<>(edits);
    ordered.sort(Comparator.comparingInt((CellEdit e) -> order(e.slice())));
    edits = List.copyOf(ordered);
    reads = List.copyOf(reads);
    saved = List.copyOf(saved);
    lent = List.copyOf(lent);
    compared = List.copyOf(compared);
  }

  /** A whole pass over an input from which nothing is wanted yet. */
  static Work of(int id, int[] tokens, List<CellEdit> edits) {
    Route whole = new Route.Full(tokens.length, Route.ALL);
    return new Work(id, tokens, edits, List.of(), List.of(), List.of(), List.of(), whole);
  }

  /** Slices whose values others read: edits, means, vectors, collected tensors. */
  public List<Slice> kept() {
    return union(saved, lent);
  }

  /** Rank of a site in a forward pass. */
  static int order(Slice slice) {
    return order(slice.site(), slice.layer());
  }

  static int order(Site site, int layer) {
    int stage = site.ordinal();
    if (!site.layered()) {
      return site == Site.EMBED || site == Site.POS_EMBED ? stage : 1_000_000_000 + stage;
    }
    return (layer + 1) * 100 + stage;
  }

  Work withEdits(List<CellEdit> other) {
    return new Work(id, tokens, other, reads, saved, lent, compared, route);
  }

  Work withRoute(Route other) {
    return new Work(id, tokens, edits, reads, saved, lent, compared, other);
  }

  Work withLent(Collection<Slice> other) {
    return new Work(id, tokens, edits, reads, saved, List.copyOf(other), compared, route);
  }

  /** The same work from which other things are wanted. */
  Work wanting(
      List<Read> otherReads,
      List<Slice> otherSaved,
      List<Slice> otherLent,
      List<Integer> otherCompared) {
    return new Work(id, tokens, edits, otherReads, otherSaved, otherLent, otherCompared, route);
  }

  /** The same work that also delivers what another one wants. */
  Work alsoServing(Work other) {
    return wanting(
        union(reads, other.reads),
        union(saved, other.saved),
        union(lent, other.lent),
        union(compared, other.compared));
  }

  private static <T> List<T> union(List<T> left, List<T> right) {
    Set<T> all = new LinkedHashSet<>(left);
    all.addAll(right);
    return List.copyOf(all);
  }
}
