package org.intervene.optimise;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intervene.model.Site;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.Slice;
import org.intervene.plan.Statistic;

/**
 * From when to when each value that works leave behind is needed.
 *
 * <pre>
 *   pack            0         1         2         3
 *   work 0, keys    ■─────────────────────────────┤      read by the works of pack 3
 *   work 1, z       ■─────────┤                          a mean over it is complete after pack 1
 * </pre>
 */
public final class Liveness {
  private final Works works;
  private final List<Pack> packs;
  private final int[] packOf;
  private final List<Map<Integer, Set<Value>>> reads = new ArrayList<>();
  private final List<Set<Value>> gathered = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private final Map<Value, Integer> last = new HashMap<>();

  /** A site's value in the work that leaves it behind. */
  public record Value(int work, Site site, int layer) {}

  /** A value that a cell saves under a name. */
  public record Saving(Cell cell, Cell.Collected collected) {}

  /**
   * What can be computed once a pack has run, and not before.
   *
   * @param statistics ids of means that edits write
   * @param vectors ids of vectors that are made from activations
   */
  public record Due(List<Integer> statistics, List<Integer> vectors, List<Saving> savings) {}

  private Liveness(Plan plan, PhysicalPlan physical) {
    this.works = physical.works();
    this.packs = physical.packs();
    this.packOf = new int[works.works().size()];
    for (int p = 0; p < packs.size(); p++) {
      for (int work : packs.get(p).works()) {
        packOf[work] = p;
      }
      reads.add(new TreeMap<>());
      gathered.add(new HashSet<>());
      due.add(new Due(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }
    Inputs inputs = new Inputs(works);
    packs.forEach(pack -> pack.works().forEach(id -> whileRunning(works.get(id), inputs)));
    gathering(plan);
    for (int p = 0; p < packs.size(); p++) {
      int pack = p;
      reads.get(p).values().forEach(some -> some.forEach(v -> last.put(v, pack)));
      gathered.get(p).forEach(v -> last.put(v, pack));
    }
  }

  /** The values of a plan. */
  public static Liveness of(Plan plan, PhysicalPlan physical) {
    return new Liveness(plan, physical);
  }

  private void whileRunning(Work work, Inputs inputs) {
    Map<Integer, Set<Value>> own = reads.get(packOf[work.id()]);
    inputs.of(work, (value, layer) -> own.computeIfAbsent(layer, l -> new HashSet<>()).add(value));
  }

  private Value value(int work, Site site, int layer) {
    return new Value(works.holding(work, site, layer), site, layer);
  }

  private void gathering(Plan plan) {
    Ingredients used = Ingredients.of(plan, works);
    for (Statistic s : used.statistics()) {
      due.get(complete(cells(s))).statistics().add(s.id());
    }
    for (PlannedVector v : used.vectors()) {
      due.get(complete(cells(v))).vectors().add(v.id());
    }
    for (Cell cell : plan.cells()) {
      for (Cell.Collected c : cell.collects()) {
        due.get(complete(slices(cell.id(), c.slices()))).savings().add(new Saving(cell, c));
      }
    }
  }

  private Set<Value> cells(Statistic statistic) {
    Set<Value> values = new HashSet<>();
    for (int cell : statistic.cells()) {
      values.add(value(works.ofCell()[cell], statistic.site(), statistic.layer()));
    }
    return values;
  }

  private Set<Value> cells(PlannedVector vector) {
    Set<Value> values = new HashSet<>();
    for (PlannedVector.Source s : vector.sources()) {
      values.addAll(slices(s.cell(), List.of(s.slice())));
    }
    return values;
  }

  private Set<Value> slices(int cell, List<Slice> slices) {
    int work = works.ofCell()[cell];
    return slices.stream().map(s -> value(work, s.site(), s.layer())).collect(Collectors.toSet());
  }

  /** The pack after which several values are all there; it is when they are read. */
  private int complete(Set<Value> values) {
    int pack = values.stream().mapToInt(v -> packOf[v.work()]).max().orElse(0);
    gathered.get(pack).addAll(values);
    return pack;
  }

  /** What can be computed once a pack has run. */
  public Due after(int pack) {
    return due.get(pack);
  }

  /** Whether a later pack reads a value. */
  public boolean isLive(Value value, int afterPack) {
    return last.getOrDefault(value, -1) > afterPack;
  }

  /** The last pack that reads each value. */
  Map<Value, Integer> lasts() {
    return last;
  }

  /** The tensor that a value is a part of. */
  public Left left(Value value) {
    return new Left(packOf[value.work()], value.site(), value.layer());
  }

  /** What a pack reads while it runs, by the block that does. */
  Map<Integer, Set<Value>> reads(int pack) {
    return reads.get(pack);
  }

  /** What is read of earlier packs' values once a pack has run. */
  Set<Value> gathered(int pack) {
    return gathered.get(pack);
  }

  /**
   * The packs that have to run although they had finished: those that left behind what the others
   * read. What they gathered when they finished is known.
   *
   * @param finished how many packs had finished
   */
  public BitSet again(int finished) {
    BitSet again = new BitSet();
    for (int p = packs.size() - 1; p >= 0; p--) {
      if (p >= finished) {
        producers(gathered.get(p), again);
      }
      if (p >= finished || again.get(p)) {
        reads.get(p).values().forEach(some -> producers(some, again));
      }
    }
    again.clear(finished, Math.max(finished, packs.size()));
    return again;
  }

  private void producers(Set<Value> values, BitSet packs) {
    values.forEach(v -> packs.set(packOf[v.work()]));
  }
}
