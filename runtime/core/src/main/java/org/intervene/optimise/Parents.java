package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.optimise.Equals.Key;
import org.intervene.plan.CellEdit;

/**
 * Chooses the works that others continue: those with the same tokens and the first of the others'
 * edits, where what the others save is more than what such a work costs. A work that is continued
 * computes all its positions, which it might not do for itself; one that nobody asked for is added
 * for the sake of those that continue it.
 */
final class Parents {
  /** Shares of a block that are behind its stages, roughly: projections, mixing, MLP. */
  private static final double BEFORE_Z = 0.3;

  private static final double BEFORE_MLP = 0.4;

  private final List<Work> all;
  private final ModelFacts facts;
  private final boolean parallel;
  private final Map<Key, Integer> first = new HashMap<>();
  private final int[] parent;
  private final Map<Integer, Integer> added = new HashMap<>();

  /**
   * @param all every work; those that are added are appended
   */
  Parents(List<Work> all, ModelFacts facts) {
    this.all = all;
    this.facts = facts;
    this.parallel = facts.whyAbsent(Site.RESID_MID).isPresent();
    for (Work work : all) {
      if (!(work.route() instanceof Route.SameAs)) {
        first.put(Key.of(work), work.id());
      }
    }
    this.parent = new int[all.size()];
    Arrays.fill(parent, -1);
    choose();
  }

  /** The work that a work continues; -1 if it starts from the embeddings. */
  int of(Work work) {
    return work.id() < parent.length ? parent[work.id()] : added.getOrDefault(work.id(), -1);
  }

  /** Tries every shared beginning of chains, the shortest first. */
  private void choose() {
    TreeMap<Integer, Map<Key, List<Work>>> byLength = new TreeMap<>();
    for (Work work : all) {
      boolean own = !(work.route() instanceof Route.SameAs);
      for (int k = 0; own && k < work.edits().size(); k++) {
        byLength
            .computeIfAbsent(k, n -> new LinkedHashMap<>())
            .computeIfAbsent(Key.of(work, k), n -> new ArrayList<>())
            .add(work);
      }
    }
    byLength.forEach((k, groups) -> groups.forEach((key, group) -> offer(key, k, group)));
  }

  /** Lets a group of works continue what their chains begin with, if that pays. */
  private void offer(Key key, int known, List<Work> group) {
    Integer existing = first.get(key);
    Work candidate =
        existing != null
            ? all.get(existing)
            : Work.of(all.size(), group.get(0).tokens(), key.edits());
    int above = of(group.get(0)); // whoever shares this beginning shares every shorter one
    int before = above < 0 ? -1 : all.get(above).edits().size();
    double price = price(candidate, before, true);
    if (existing != null) {
      price -= price(candidate, before, false);
    }
    double gain = 0;
    for (Work work : group) {
      gain += price(work, before, false) - price(work, known, false);
    }
    if (gain <= price) {
      return;
    }
    if (existing == null) {
      all.add(candidate);
      first.put(key, candidate.id());
      added.put(candidate.id(), above);
    }
    group.forEach(w -> parent[w.id()] = candidate.id());
  }

  /**
   * Roughly what a work costs, in forward passes.
   *
   * @param known how many of its edits the work that it continues has; -1 if it continues none
   * @param whole whether all positions are computed, or only those from the first edited one
   */
  private double price(Work work, int known, boolean whole) {
    if (known < 0) {
      return 1;
    }
    List<CellEdit> extra = work.edits().subList(known, work.edits().size());
    Entry entry = entry(extra, facts.layers(), parallel);
    double depth = facts.layers() - entry.layer() - done(entry.stage());
    int from = whole || !facts.causal() ? 0 : Effects.first(extra, Integer.MAX_VALUE);
    return depth / facts.layers() * (work.tokens().length - from) / work.tokens().length;
  }

  private static double done(Entry.Stage stage) {
    return switch (stage) {
      case EMBED, BLOCK -> 0;
      case Z -> BEFORE_Z;
      case MLP -> BEFORE_MLP;
      case AFTER -> 1;
    };
  }

  /** The latest point from which some edits can be computed. */
  static Entry entry(List<CellEdit> edits, int layers, boolean parallel) {
    return edits.stream()
        .map(CellEdit::slice)
        .map(s -> Entry.before(s.site(), s.layer(), layers, parallel))
        .min(Entry::compareTo)
        .orElseThrow();
  }
}
