package org.intervene.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.optimise.Entry;
import org.intervene.optimise.Keeps;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.optimise.Route;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.CellEdit;

/** Says how works go through the model in their packs. */
final class Members {
  private static final int[] NONE = {};

  private final Works works;
  private final Map<Integer, Keeps> keeps;
  private final int layers;

  Members(Works works, Map<Integer, Keeps> keeps, int layers) {
    this.works = works;
    this.keeps = keeps;
    this.layers = layers;
  }

  Member of(int id) {
    Work work = works.works().get(id);
    int last = layers - 1;
    Keeps kept = keeps.getOrDefault(id, new Keeps(Set.of(), layers, 0));
    Set<SiteAt> sites = new HashSet<>(kept.sites());
    work.kept().forEach(s -> sites.add(new SiteAt(s.site(), s.layer())));
    int keysFrom = kept.keysFrom();
    List<CellEdit> edits = works.left(work);
    if (work.route() instanceof Route.Full full) {
      int[] all = IntStream.range(0, full.end()).toArray();
      int[] finals = full.isWhole() ? all : full.finals();
      return new Member(work, Entry.START, -1, all, NONE, finals, null, edits, sites, keysFrom);
    } else if (work.route() instanceof Route.Join join) {
      int[] finals =
          join.isWhole() ? IntStream.range(join.first(), join.end()).toArray() : join.finals();
      boolean pointwise =
          join.entry().layer() == last && join.entry().stage().compareTo(Entry.Stage.Z) >= 0;
      int[] rows = pointwise ? finals : IntStream.range(join.first(), join.delayed()).toArray();
      return new Member(
          work,
          join.entry(),
          join.parent(),
          rows,
          IntStream.range(join.delayed(), join.end()).toArray(),
          finals,
          join.projected(),
          edits,
          sites,
          keysFrom);
    }
    Route.Close close = (Route.Close) work.route();
    Entry entry = new Entry(last, Entry.Stage.AFTER);
    int[] rows = close.positions();
    return new Member(work, entry, close.parent(), rows, NONE, rows, null, edits, sites, last + 1);
  }
}
