package org.intervene.optimise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Slice;

/**
 * Until its first edit a cell's activations equal those of the same input without that edit: start
 * there, from what that run left.
 *
 * <pre>
 *   baseline   embed ─ block 0 ─ block 1 ─ block 2 ─ block 3 ─ logits
 *                                   │ resid_pre[2]
 *   patch resid_pre[2]              └─(patch)─ block 2 ─ block 3 ─ logits
 * </pre>
 *
 * <p>The run that is continued is the longest one whose edits are the first of the cell's: with
 * noise on the embeddings in every cell and a patch in one layer, it is the noised run, not the
 * clean one.
 */
final class ShareDepthPrefix implements Rule {
  static final String NAME = "share-depth-prefix";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.WITHIN_TOLERANCE;
  }

  private record Key(List<Integer> tokens, List<CellEdit> edits) {}

  @Override
  public Works apply(Works works) {
    List<Work> all = works.copy();
    Map<Key, Integer> byChain = new HashMap<>();
    all.forEach(w -> byChain.putIfAbsent(new Key(tokens(w), w.edits()), w.id()));
    addBaselines(all, byChain, works.facts().layers());
    boolean parallel = works.facts().whyAbsent(Site.RESID_MID).isPresent();
    int fired = 0;
    for (Work work : List.copyOf(all)) {
      Optional<Route> route = route(work, all, byChain, works.facts().layers(), parallel);
      if (route.isPresent()) {
        fired++;
        all.set(work.id(), work.withRoute(route.get()));
      }
    }
    return followed(works.with(all)).counting(NAME, fired);
  }

  private static List<Integer> tokens(Work work) {
    return Arrays.stream(work.tokens()).boxed().toList();
  }

  /** Adds the unedited run of inputs that two or more works could continue. */
  private static void addBaselines(List<Work> all, Map<Key, Integer> byChain, int layers) {
    Map<List<Integer>, Integer> children = new HashMap<>();
    for (Work work : all) {
      if (!work.edits().isEmpty()) {
        children.merge(tokens(work), 1, Integer::sum);
      }
    }
    children.forEach(
        (tokens, count) -> {
          Key key = new Key(tokens, List.of());
          if (count >= 2 && !byChain.containsKey(key)) {
            int[] ids = tokens.stream().mapToInt(i -> i).toArray();
            Route full = new Route.Full(ids.length);
            all.add(new Work(all.size(), ids, List.of(), List.of(), List.of(), full));
            byChain.put(key, all.size() - 1);
          }
        });
  }

  private static Optional<Route> route(
      Work work, List<Work> all, Map<Key, Integer> byChain, int layers, boolean parallel) {
    Integer same = byChain.get(new Key(tokens(work), work.edits()));
    if (same != work.id()) {
      return Optional.of(new Route.SameAs(same));
    }
    for (int known = work.edits().size() - 1; known >= 0; known--) {
      Integer parent = byChain.get(new Key(tokens(work), work.edits().subList(0, known)));
      if (parent != null && parent != work.id()) {
        return Optional.of(join(work, parent, known, layers, parallel));
      }
    }
    return Optional.empty();
  }

  private static Route join(Work work, int parent, int known, int layers, boolean parallel) {
    List<CellEdit> extra = work.edits().subList(known, work.edits().size());
    Wanted wanted = Wanted.of(work, layers);
    boolean noticed = extra.stream().anyMatch(e -> noticed(e.slice(), work, wanted));
    if (!noticed) {
      return new Route.SameAs(parent);
    }
    Entry entry =
        Stream.concat(extra.stream().map(CellEdit::slice), wanted.activations().stream())
            .map(s -> Entry.before(s.site(), s.layer(), layers, parallel))
            .min(Entry::compareTo)
            .orElseThrow();
    return new Route.Join(parent, entry, 0, work.tokens().length);
  }

  private static boolean noticed(Slice slice, Work work, Wanted wanted) {
    for (int p : Effects.positions(slice, work.tokens().length)) {
      if (wanted.reaches(slice.site(), slice.layer(), p)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets works that are the same as another hand it what they want, and nobody continue a work that
   * is itself continued.
   */
  private static Works followed(Works works) {
    List<Work> all = works.copy();
    Set<Integer> parents = new HashSet<>();
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join) {
        parents.add(join.parent());
      }
    }
    for (Work work : works.works()) {
      boolean continued = parents.contains(work.id()) && !(work.route() instanceof Route.Full);
      if (continued) {
        all.set(work.id(), work.withRoute(new Route.Full(work.tokens().length)));
      }
    }
    for (Work work : List.copyOf(all)) {
      if (work.route() instanceof Route.SameAs same) {
        all.set(same.work(), all.get(same.work()).alsoServing(work));
      }
    }
    return works.with(all);
  }
}
