package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.engine.decoder.BlockLayers;
import org.intervene.engine.decoder.BlockLayers.Attended;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Prefix;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.decoder.Segment;
import org.intervene.engine.script.Home;
import org.intervene.model.Site;
import org.intervene.optimise.Entry;
import org.intervene.optimise.Entry.Stage;

/**
 * One pack on its way through the model: rows join where their work begins, and leave where nothing
 * reads them.
 */
final class PackRun implements Prefix {
  private final Decoder decoder;
  private final WorkValues values;
  private final Map<Entry, List<Member>> waiting = new HashMap<>();
  private final int first;
  private final List<Member> joined = new ArrayList<>();
  private final PackHooks hooks;
  private final FinalReads reads;
  private final Fetching fetching;
  private final NDManager scope;
  private Rows rows;

  /**
   * @param scope owns what the pass needs and is closed after it
   * @param keeper owns what the pack leaves behind
   */
  PackRun(
      Decoder decoder,
      List<Member> members,
      WorkValues values,
      Operands operands,
      ReadValues results,
      Distributions distributions,
      NDManager scope,
      NDManager keeper) {
    this.decoder = decoder;
    this.values = values;
    int least = decoder.layers() - 1;
    for (Member member : members) {
      waiting.computeIfAbsent(member.entry(), k -> new ArrayList<>()).add(member);
      least = Math.min(least, member.entry().layer());
    }
    this.first = least;
    this.scope = scope;
    this.rows = Rows.none(scope);
    this.fetching = new Fetching(scope);
    this.hooks =
        new PackHooks(scope, keeper, joined, members, decoder, values, operands, results, fetching);
    this.reads = new FinalReads(decoder, hooks, results, distributions, fetching);
  }

  void run() {
    NDArray x = null;
    int last = decoder.layers() - 1;
    for (int l = first; l <= last; l++) {
      NDArray next = block(l, x, l == last);
      if (x != null && next != x) {
        x.close();
      }
      x = next;
    }
    NDManager end = decoder.end().under(scope);
    NDArray normed = decoder.finalNorm(end, Home.brought(end, x), rows, hooks);
    reads.read(end, normed, rows, joined);
    fetching.now();
  }

  /**
   * One block: from the rows that came out of the last one to {@code resid_post} after its hook.
   */
  private NDArray block(int layer, NDArray before, boolean last) {
    BlockLayers block = decoder.block(layer);
    NDManager own = block.home().under(scope);
    try (NDManager inner = own.newSubManager()) {
      NDArray x = layer == 0 ? joinEmbedded(inner, before) : before;
      x = x == null ? null : Home.brought(inner, x);
      x = joinKept(inner, x, layer, Stage.BLOCK, Site.RESID_PRE);
      NDArray after = null;
      if (x != null || waits(layer, Stage.Z) || waits(layer, Stage.MLP)) {
        after =
            block.parallel()
                ? block.parallel(inner, attended(inner, layer, x, last), rows, hooks)
                : steps(inner, layer, x, last);
      }
      after = joinKept(inner, after, layer, Stage.AFTER, Site.RESID_POST);
      if (hooks.wants(Site.RESID_POST, layer)) {
        after = hooks.rows(Site.RESID_POST, layer, after, rows);
      }
      after = grown(inner, after, layer);
      Home.keep(own, after);
      return after;
    } finally {
      values.unload();
    }
  }

  private boolean waits(int layer, Stage stage) {
    return waiting.containsKey(new Entry(layer, stage));
  }

  private NDArray steps(NDManager inner, int layer, NDArray x, boolean last) {
    BlockLayers block = decoder.block(layer);
    NDArray resid = null;
    NDArray z = null;
    if (x != null) {
      Attended attended = attended(inner, layer, x, last);
      resid = attended.resid();
      z = attended.z();
    }
    List<Member> joining = joining(layer, Stage.Z);
    if (!joining.isEmpty()) {
      resid = with(inner, resid, gathered(inner, joining, Site.RESID_PRE, layer));
      z = with(inner, z, gathered(inner, joining, Site.Z, layer));
      add(joining);
    }
    NDArray mid = resid == null ? null : block.mix(inner, resid, z, rows, hooks);
    mid = joinKept(inner, mid, layer, Stage.MLP, Site.RESID_MID);
    return block.feed(inner, mid, rows, hooks);
  }

  /** In the last block only the rows that something reads go past attention. */
  private Attended attended(NDManager inner, int layer, NDArray x, boolean last) {
    int[] keep = last ? finals() : null;
    Attended attended =
        decoder.block(layer).attend(inner, x, rows, keep, projected(layer), this, hooks);
    if (keep != null && keep.length < rows.count()) {
      rows = rows.keep(keep);
    }
    return attended;
  }

  /**
   * The rows that get queries, keys and values from a block: all but those of members that are
   * complete here for the first time and that have not changed them. Null means all.
   */
  private int[] projected(int layer) {
    if (joined.stream().noneMatch(m -> m.projectsSome(layer))) {
      return null;
    }
    RowIndex index = new RowIndex(rows);
    IntList own = new IntList();
    for (int s = 0; s < index.segments(); s++) {
      Member member = joined.get(s);
      if (member.projectsSome(layer)) {
        for (int p : member.projected()) {
          own.add(index.row(s, p));
        }
      } else {
        for (int r = index.start(s); r < index.end(s); r++) {
          own.add(r);
        }
      }
    }
    return own.toArray();
  }

  private int[] finals() {
    RowIndex index = new RowIndex(rows);
    IntList keep = new IntList();
    for (int s = 0; s < index.segments(); s++) {
      for (int p : joined.get(s).finals()) {
        keep.add(index.row(s, p));
      }
    }
    return keep.toArray();
  }

  private NDArray joinEmbedded(NDManager inner, NDArray x) {
    List<Member> joining = joining(0, Stage.EMBED);
    if (joining.isEmpty()) {
      return x;
    }
    add(joining);
    return decoder.embed(decoder.start().under(inner), rows, hooks);
  }

  /** Rows that begin at a site, with the values that the works which they continue left there. */
  private NDArray joinKept(NDManager inner, NDArray x, int layer, Stage stage, Site site) {
    List<Member> joining = joining(layer, stage);
    if (joining.isEmpty()) {
      return x;
    }
    NDArray joinedRows = with(inner, x, gathered(inner, joining, site, layer));
    add(joining);
    return joinedRows;
  }

  /**
   * The rows that come out of a block with those of later positions, which nothing has told of an
   * edit yet.
   */
  private NDArray grown(NDManager inner, NDArray x, int layer) {
    if (joined.stream().noneMatch(m -> m.growsBehind(layer))) {
      return x;
    }
    WorkValues.Pool pool = new WorkValues.Pool();
    RowIndex at = new RowIndex(rows);
    IntList index = new IntList();
    List<Segment> segments = new ArrayList<>(rows.segments());
    for (int s = 0; s < segments.size(); s++) {
      Member member = joined.get(s);
      for (int r = at.start(s); r < at.end(s); r++) {
        index.add(r);
      }
      if (member.growsBehind(layer)) {
        int start = pool.start(values.get(member.parent(), Site.RESID_POST, layer));
        for (int p : member.later()) {
          index.add(rows.count() + start + p);
        }
        segments.set(s, segments.get(s).longer(member.later().length));
      }
    }
    List<int[]> inputs = joined.stream().map(m -> m.work().tokens()).toList();
    rows = rows.grown(segments, inputs);
    return Decoder.rows(inner, with(inner, x, pool.all(inner)), index.toArray());
  }

  private static NDArray with(NDManager inner, NDArray x, NDArray more) {
    return x == null
        ? more
        : EditScript.SCRIPT.call(inner, "cat", (Object) new NDArray[] {x, more});
  }

  private List<Member> joining(int layer, Stage stage) {
    return waiting.getOrDefault(new Entry(layer, stage), List.of());
  }

  private void add(List<Member> joining) {
    List<Segment> segments = new ArrayList<>();
    int count = 0;
    for (Member member : joining) {
      count += member.positions().length;
    }
    int[] tokens = new int[count];
    int[] positions = new int[count];
    int[] owners = new int[count];
    int row = 0;
    for (int m = 0; m < joining.size(); m++) {
      Member member = joining.get(m);
      int[] input = member.work().tokens();
      segments.add(new Segment(member.first(), member.positions().length, input.length));
      for (int p : member.positions()) {
        tokens[row] = input[p];
        positions[row] = p;
        owners[row++] = m;
      }
    }
    rows = rows.with(new Rows(tokens, positions, owners, segments));
    joined.addAll(joining);
  }

  private NDArray gathered(NDManager inner, List<Member> joining, Site site, int layer) {
    WorkValues.Pool pool = new WorkValues.Pool();
    IntList index = new IntList();
    for (Member member : joining) {
      int start = pool.start(values.get(member.parent(), site, layer));
      for (int p : member.positions()) {
        index.add(start + p);
      }
    }
    return Decoder.rows(inner, pool.all(inner), index.toArray());
  }

  @Override
  public Earlier of(NDManager inner, Site site, int layer, boolean[] wanted) {
    WorkValues.Pool pool = new WorkValues.Pool();
    int[] starts = new int[wanted.length];
    Map<Integer, Integer> known = new HashMap<>();
    for (int s = 0; s < starts.length; s++) {
      if (wanted[s]) {
        int parent = joined.get(s).parent();
        starts[s] = known.computeIfAbsent(parent, p -> pool.start(values.get(p, site, layer)));
      }
    }
    return new Earlier(pool.all(inner), starts);
  }
}
