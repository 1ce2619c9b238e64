package org.intervene.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.model.ModelFacts;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.optimise.Works.Wish;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Moves what no edit of a work can change to the work that it continues. */
final class Borrowing {
  private final List<Work> all;
  private final Flow flow;
  private final Map<Wish, Integer> elsewhere = new HashMap<>();

  Borrowing(List<Work> all, ModelFacts facts) {
    this.all = all;
    this.flow = new Flow(facts);
  }

  /** What was moved, and to which work. */
  Map<Wish, Integer> elsewhere() {
    return elsewhere;
  }

  /** Moves what a work that continues another one shares with it. */
  void fromParent(int id) {
    Work work = all.get(id);
    int parent = ((Route.Join) work.route()).parent();
    int known = all.get(parent).edits().size();
    List<CellEdit> extra = work.edits().subList(known, work.edits().size());
    List<Wanted.Item> shared = new ArrayList<>();
    Set<SiteAt> own = new HashSet<>();
    for (Wanted.Item item : Wanted.of(work)) {
      if (!flow.anyReaches(extra, work.tokens().length, item)) {
        shared.add(item);
      } else if (item.what() instanceof Slice) {
        own.add(new SiteAt(item.site(), item.layer()));
      }
    }
    // a site is one value: it is the parent's only if every slice that is wanted of it is
    shared.removeIf(
        i -> i.what() instanceof Slice && own.contains(new SiteAt(i.site(), i.layer())));
    if (shared.isEmpty()) {
      return;
    }
    shared.forEach(i -> elsewhere.put(wish(id, i), parent));
    Set<Object> moved = new HashSet<>();
    shared.forEach(i -> moved.add(i.what()));
    all.set(parent, all.get(parent).alsoServing(part(work, moved, true)));
    all.set(id, part(work, moved, false));
  }

  private static Wish wish(int work, Wanted.Item item) {
    if (item.what() instanceof Read read) {
      return new Wish.Number(work, read);
    } else if (item.what() instanceof Slice) {
      return new Wish.Value(work, item.site(), item.layer());
    }
    return new Wish.Distribution(work, (Integer) item.what());
  }

  /** The work with those of its wants that were moved, or with the others. */
  private static Work part(Work work, Set<Object> moved, boolean those) {
    List<Read> reads = work.reads().stream().filter(r -> moved.contains(r) == those).toList();
    List<Slice> saved = work.saved().stream().filter(s -> moved.contains(s) == those).toList();
    List<Slice> lent = work.lent().stream().filter(s -> moved.contains(s) == those).toList();
    List<Integer> compared =
        work.compared().stream().filter(p -> moved.contains(p) == those).toList();
    return work.wanting(reads, saved, lent, compared);
  }
}
