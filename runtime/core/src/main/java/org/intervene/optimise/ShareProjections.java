package org.intervene.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;

/**
 * In the first block that has all positions of a cell, only the rows that it has changed have other
 * queries, keys and values than the run that it continues: the others' are taken from there.
 *
 * <pre>
 *   position                 0   1   2   3   4
 *   baseline, block l        qkv qkv qkv qkv qkv      kept
 *   patch resid_pre[l] @ 2           ■   ·   ·        computed: one row; 3 and 4 are the baseline's
 *   attention in block l             ■───■───■        what 3 and 4 see has changed
 * </pre>
 *
 * <p>It needs queries that nothing else keeps, and keys and values of one more block where the
 * first position is edited. A run that others continue computes all its rows, as does a cell of
 * whose own queries, keys or values something is read in that block.
 */
final class ShareProjections implements Rule {
  static final String NAME = "share-projections";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.WITHIN_TOLERANCE;
  }

  @Override
  public Works apply(Works works) {
    return works.rerouting(
        NAME,
        (work, join) -> {
          boolean starts = join.entry().stage() == Entry.Stage.BLOCK || join.isDelaying();
          if (!starts || looksAtProjections(work, join.complete())) {
            return Optional.empty();
          }
          int[] changed = changed(work, works.get(join.parent()), join);
          return changed != null && changed.length < join.rows()
              ? Optional.of(join.projecting(changed))
              : Optional.empty();
        });
  }

  /** Whether anything before the scores of a layer is wanted of a work. */
  private static boolean looksAtProjections(Work work, int layer) {
    return Wanted.of(work).stream().anyMatch(i -> i.layer() == layer && isProjection(i.site()));
  }

  private static boolean isProjection(Site site) {
    return switch (site) {
      case ATTN_IN, Q, K, V, Q_ROT, K_ROT -> true;
      default -> false;
    };
  }

  /**
   * The positions at which queries, keys or values of the first complete block are not the
   * parent's; null if that may be all.
   */
  private static int[] changed(Work work, Work parent, Route.Join join) {
    List<CellEdit> extra = work.edits().subList(parent.edits().size(), work.edits().size());
    TreeSet<Integer> positions = new TreeSet<>();
    if (join.isDelaying()) {
      IntStream.range(join.first(), join.delayed()).forEach(positions::add);
    }
    for (CellEdit edit : extra) {
      Site site = edit.slice().site();
      boolean before = site == Site.RESID_PRE || isProjection(site);
      if (before && edit.slice().layer() == join.complete()) {
        if (edit.slice().positions() == null) {
          return null;
        }
        IntStream.of(edit.slice().positions()).forEach(positions::add);
      }
    }
    List<Integer> computed = new ArrayList<>(positions.tailSet(join.first()).headSet(join.end()));
    return computed.stream().mapToInt(p -> p).toArray();
  }
}
