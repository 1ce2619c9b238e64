package org.intervene.optimise;

import java.util.ArrayList;
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
 * @param kept slices whose values others read: edits, means, vectors, collected tensors
 */
public record Work(
    int id, int[] tokens, List<CellEdit> edits, List<Read> reads, List<Slice> kept, Route route) {

  public Work {
    List<CellEdit> ordered = new ArrayList<>(edits);
    ordered.sort(Comparator.comparingInt((CellEdit e) -> order(e.slice())));
    edits = List.copyOf(ordered);
    reads = List.copyOf(reads);
    kept = List.copyOf(kept);
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
    return new Work(id, tokens, other, reads, kept, route);
  }

  Work withRoute(Route other) {
    return new Work(id, tokens, edits, reads, kept, other);
  }

  /** The same work that also delivers what another one wants. */
  Work alsoServing(Work other) {
    Set<Read> allReads = new LinkedHashSet<>(reads);
    allReads.addAll(other.reads);
    Set<Slice> allKept = new LinkedHashSet<>(kept);
    allKept.addAll(other.kept);
    return new Work(id, tokens, edits, List.copyOf(allReads), List.copyOf(allKept), route);
  }
}
