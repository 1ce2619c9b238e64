package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Group;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Homes;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.CellEdit;

/** Edits, reads and keeps the values of all works of a pack where their pass reaches them. */
final class PackHooks implements Hooks {
  private final NDManager scope;
  private final Homes keepers;
  private final List<Member> members;
  private final WorkValues values;
  private final RowEdits rowEdits;
  private final EdgeEdits edgeEdits;
  private final SiteReads reads;
  private final Set<SiteAt> edited = new HashSet<>();
  private final Set<SiteAt> kept = new HashSet<>();
  private final int keysFrom;
  private RowIndex index;

  /**
   * @param scope owns what the pass goes on with
   * @param keeper owns what outlives the pack
   * @param members in the order of their segments, which grows while they join
   * @param all every member, those included that have not joined yet
   */
  PackHooks(
      NDManager scope,
      NDManager keeper,
      List<Member> members,
      List<Member> all,
      Decoder decoder,
      WorkValues values,
      Operands operands,
      ReadValues results,
      Fetching fetching) {
    this.scope = scope;
    this.keepers = new Homes(keeper);
    this.members = members;
    this.values = values;
    var facts = values.facts();
    this.rowEdits = new RowEdits(facts, decoder.dtype(), values, operands);
    this.edgeEdits = new EdgeEdits(decoder.dtype(), values, operands);
    this.reads = new SiteReads(decoder, all, results, fetching);
    int keys = Integer.MAX_VALUE;
    for (Member member : all) {
      for (CellEdit edit : member.edits()) {
        edited.add(new SiteAt(edit.slice().site(), edit.slice().layer()));
      }
      kept.addAll(member.keeps());
      keys = Math.min(keys, member.keysFrom());
    }
    this.keysFrom = keys;
  }

  @Override
  public boolean wants(Site site, int layer) {
    SiteAt at = new SiteAt(site, layer);
    return edited.contains(at) || keeps(site, layer) || reads.wants(at);
  }

  private boolean keeps(Site site, int layer) {
    return kept.contains(new SiteAt(site, layer))
        || ((site == Site.K_ROT || site == Site.V) && layer >= keysFrom);
  }

  private RowIndex index(Rows rows) {
    if (index == null || !index.isOf(rows)) {
      index = new RowIndex(rows);
    }
    return index;
  }

  @Override
  public NDArray rows(Site site, int layer, NDArray value, Rows rows) {
    RowIndex at = index(rows);
    NDArray left =
        edited.contains(new SiteAt(site, layer))
            ? rowEdits.apply(Home.of(value).under(scope), site, layer, value, members, at)
            : value;
    if (keeps(site, layer)) {
      keep(site, layer, left, at);
    }
    reads.rows(site, layer, left, members, at);
    return left;
  }

  /** Copies the rows of the members that keep this site. */
  private void keep(Site site, int layer, NDArray value, RowIndex at) {
    List<Integer> keeping = new ArrayList<>();
    int count = 0;
    for (int s = 0; s < at.segments(); s++) {
      if (members.get(s).keeps(site, layer) && at.end(s) > at.start(s)) {
        keeping.add(s);
        count += at.end(s) - at.start(s);
      }
    }
    if (keeping.isEmpty()) {
      return;
    }
    int[] wanted = new int[count];
    int next = 0;
    for (int s : keeping) {
      for (int r = at.start(s); r < at.end(s); r++) {
        wanted[next++] = r;
      }
    }
    NDManager keeper = keepers.at(Home.of(value));
    NDArray index = at.rows().index(Home.of(value).under(scope), site, wanted);
    NDArray copy = Decoder.rows(keeper, value, index);
    next = 0;
    for (int s : keeping) {
      int rows = at.end(s) - at.start(s);
      int first = at.positions(s)[0];
      values.keep(members.get(s).work().id(), site, layer, new Captured(copy, next, first, rows));
      next += rows;
    }
    values.kept(copy);
  }

  @Override
  public NDArray edges(Site site, int layer, NDArray value, Group group, Rows rows) {
    NDArray left =
        edited.contains(new SiteAt(site, layer))
            ? edgeEdits.apply(Home.of(value).under(scope), site, layer, value, members, group)
            : value;
    if (keeps(site, layer)) {
      keepEdges(site, layer, left, group);
    }
    reads.edges(site, layer, left, members, group);
    return left;
  }

  /** Copies attention by rows: [segment, head, row, source] as [segment x row, head, source]. */
  private void keepEdges(Site site, int layer, NDArray value, Group group) {
    int[] keeping =
        IntStream.range(0, group.segments().length)
            .filter(g -> members.get(group.segments()[g]).keeps(site, layer))
            .toArray();
    if (keeping.length == 0) {
      return;
    }
    NDManager keeper = keepers.at(Home.of(value));
    try (NDManager inner = keeper.newSubManager()) {
      boolean all = keeping.length == group.segments().length;
      NDArray some = all ? value : Decoder.rows(inner, value, keeping);
      NDArray copy = EditScript.SCRIPT.call(keeper, "by_rows", some);
      for (int k = 0; k < keeping.length; k++) {
        Member member = members.get(group.segments()[keeping[k]]);
        Captured captured = new Captured(copy, k * group.rows(), group.first(), group.rows());
        values.keep(member.work().id(), site, layer, captured);
      }
      values.kept(copy);
    }
  }
}
