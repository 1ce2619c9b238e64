package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/**
 * Live cells join one batch as the layer index reaches their start, within a memory budget.
 *
 * <pre>
 *   layer 0   ■■■■                      cells that start in block 0
 *   layer 1   ■■■■■■■■                  and in block 1: one taller matrix, one product
 *   layer 2   ■■■■■■■■■■■■
 * </pre>
 */
final class Packer {
  static final String NAME = "pack";
  static final Exactness EXACTNESS = Exactness.WITHIN_TOLERANCE;

  /**
   * More rows than this gain nothing: products have reached their speed, and the working set leaves
   * the caches.
   */
  private static final long MOST_ROWS = 4096;

  private final Works works;
  private final long budget;
  private final int elementBytes;
  private final int[] levels;
  private final boolean alone;
  private final int[] batch;

  /**
   * @param budget bytes that a pack may need
   * @param alone whether every work is a pack of its own: products of another height may round
   *     otherwise
   * @param batch of each work: packs of one batch come before those of the next
   */
  Packer(Works works, long budget, int elementBytes, boolean alone, int[] batch) {
    this.works = works;
    this.budget = budget;
    this.elementBytes = elementBytes;
    this.alone = alone;
    this.batch = batch;
    this.levels = new int[works.works().size()];
  }

  /** Packs of all works that need computing, in an order in which they can be. */
  List<Pack> pack() {
    Map<Integer, TreeMap<Integer, List<Work>>> byBatch = new TreeMap<>();
    for (Work work : works.works()) {
      if (!(work.route() instanceof Route.SameAs)) {
        byBatch
            .computeIfAbsent(batch[work.id()], b -> new TreeMap<>())
            .computeIfAbsent(level(work), l -> new ArrayList<>())
            .add(work);
      }
    }
    List<Pack> packs = new ArrayList<>();
    byBatch.values().forEach(byLevel -> byLevel.forEach((l, members) -> add(packs, l, members)));
    return packs;
  }

  private void add(List<Pack> packs, int level, List<Work> members) {
    for (Pack.Kind kind : Pack.Kind.values()) {
      List<Work> same = members.stream().filter(w -> kind(w) == kind).toList();
      packs.addAll(split(level, kind, same));
    }
  }

  private static Pack.Kind kind(Work work) {
    if (work.route() instanceof Route.Join) {
      return Pack.Kind.JOIN;
    }
    return work.route() instanceof Route.Close ? Pack.Kind.CLOSE : Pack.Kind.FULL;
  }

  /** One more than the highest level of what a work reads or continues. */
  private int level(Work work) {
    if (levels[work.id()] > 0) {
      return levels[work.id()];
    }
    int above = 0;
    if (work.route() instanceof Route.Join join) {
      above = level(works.get(join.parent()));
    } else if (work.route() instanceof Route.Close close) {
      above = level(works.get(close.parent()));
    } else if (work.route() instanceof Route.SameAs same) {
      return level(works.get(same.work()));
    }
    for (CellEdit edit : work.edits()) {
      if (edit.change() instanceof Change.FromCell from) {
        above = Math.max(above, level(works.get(from.cell())));
      } else if (edit.change() instanceof Change.FromStatistic
          || edit.change() instanceof Change.AddVector
          || edit.change() instanceof Change.Project) {
        above = Math.max(above, 1);
      }
    }
    levels[work.id()] = above + 1;
    return above + 1;
  }

  private static long rows(Work work) {
    if (work.route() instanceof Route.Join join) {
      return join.rows();
    } else if (work.route() instanceof Route.Close close) {
      return close.positions().length;
    }
    return ((Route.Full) work.route()).end();
  }

  private static Entry entry(Work work) {
    return work.route() instanceof Route.Join join ? join.entry() : Entry.START;
  }

  private List<Pack> split(int level, Pack.Kind kind, List<Work> members) {
    List<Work> sorted = new ArrayList<>(members);
    sorted.sort(
        Comparator.comparing(Packer::entry).thenComparing(w -> rows(w)).thenComparing(Work::id));
    List<Pack> packs = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    long wider = 0;
    for (Work work : sorted) {
      long more = rows(work) * perRow(work) + Logits.comparing(work, works.facts());
      long own = elementBytes * Unfolded.perRow(works.facts(), work);
      long all = bytes + more + Math.max(wider, own) * (rows + rows(work));
      boolean full = alone || all > budget || rows + rows(work) > MOST_ROWS;
      if (!open.isEmpty() && full) {
        packs.add(new Pack(level, kind, open, rows, bytes + wider * rows));
        open = new ArrayList<>();
        rows = 0;
        bytes = 0;
        wider = 0;
      }
      open.add(work.id());
      rows += rows(work);
      bytes += more;
      wider = Math.max(wider, own); // what one work unfolds, every row of its pack does
    }
    if (!open.isEmpty()) {
      packs.add(new Pack(level, kind, open, rows, bytes + wider * rows));
    }
    return packs;
  }

  private long perRow(Work work) {
    return new Cost(works.facts()).bytesPerRow(work.tokens().length, elementBytes);
  }
}
