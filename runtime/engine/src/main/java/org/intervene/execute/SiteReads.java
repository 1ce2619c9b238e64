package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.engine.decoder.Decoder;
import org.intervene.engine.decoder.Group;
import org.intervene.engine.decoder.Hooks;
import org.intervene.engine.decoder.Rows;
import org.intervene.engine.script.Home;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Reads numbers off activations: norms, inner products, attention entries and the logit lens. */
final class SiteReads {
  private final Decoder decoder;
  private final ReadValues results;
  private final Fetching fetching;
  private final Map<Integer, Map<SiteAt, List<Integer>>> byWork = new HashMap<>();
  private final Set<SiteAt> all = new HashSet<>();

  SiteReads(Decoder decoder, List<Member> members, ReadValues results, Fetching fetching) {
    this.decoder = decoder;
    this.results = results;
    this.fetching = fetching;
    for (Member member : members) {
      Map<SiteAt, List<Integer>> own = new HashMap<>();
      List<Read> reads = member.work().reads();
      for (int i = 0; i < reads.size(); i++) {
        SiteAt at = site(reads.get(i));
        if (at != null) {
          own.computeIfAbsent(at, k -> new ArrayList<>()).add(i);
          all.add(at);
        }
      }
      byWork.put(member.work().id(), own);
    }
  }

  /** The site that a read looks at; null if it looks at logits. */
  static SiteAt site(Read read) {
    if (read instanceof Read.Attention r) {
      return new SiteAt(Site.PATTERN, r.layer());
    } else if (read instanceof Read.Lens r) {
      return new SiteAt(Site.RESID_POST, r.layer());
    }
    Slice slice = slice(read);
    return slice == null ? null : new SiteAt(slice.site(), slice.layer());
  }

  static Slice slice(Read read) {
    if (read instanceof Read.Norm r) {
      return r.slice();
    } else if (read instanceof Read.Dot r) {
      return r.slice();
    } else if (read instanceof Read.Cos r) {
      return r.slice();
    }
    return null;
  }

  boolean wants(SiteAt at) {
    return all.contains(at);
  }

  private List<Integer> of(Member member, Site site, int layer) {
    return byWork.get(member.work().id()).getOrDefault(new SiteAt(site, layer), List.of());
  }

  /** Reads a site that has a value a row. */
  void rows(Site site, int layer, NDArray value, List<Member> members, RowIndex index) {
    if (!all.contains(new SiteAt(site, layer))) {
      return;
    }
    List<Picked> lenses = new ArrayList<>();
    List<Selected> selected = new ArrayList<>();
    IntList rows = new IntList();
    for (int s = 0; s < index.segments(); s++) {
      Member member = members.get(s);
      for (int i : of(member, site, layer)) {
        Read read = member.work().reads().get(i);
        if (read instanceof Read.Lens lens) {
          int row = index.row(s, lens.position());
          lenses.add(new Picked(member.work().id(), i, row, lens.token()));
        } else {
          int[] positions = positions(slice(read), member);
          for (int p : positions) {
            rows.add(index.row(s, p));
          }
          selected.add(new Selected(member.work().id(), i, positions.length));
        }
      }
    }
    if (!lenses.isEmpty()) {
      lens(value, lenses);
    }
    if (!selected.isEmpty()) {
      NDManager scope = value.getManager();
      NDArray wanted = index.rows().index(scope, List.of("read", site), rows.toArray());
      NDArray picked = Decoder.rows(scope, value, wanted);
      fetching.later(picked, all -> hand(site, selected, all));
    }
  }

  /** Rows wanted by a read, so many of those that were picked. */
  private record Selected(int work, int read, int rows) {}

  private static int[] positions(Slice slice, Member member) {
    int length = member.work().tokens().length;
    return slice.positions() == null ? IntStream.range(0, length).toArray() : slice.positions();
  }

  /** Gives each read its rows: vectors that they are compared with may not exist yet. */
  private void hand(Site site, List<Selected> selected, double[] picked) {
    int rows = selected.stream().mapToInt(Selected::rows).sum();
    int width = rows == 0 ? 0 : picked.length / rows;
    int start = 0;
    for (Selected s : selected) {
      double[] own = Arrays.copyOfRange(picked, start, start + s.rows * width);
      HostValue value = HostValue.of(site, decoder.architecture().facts(), s.rows, own);
      results.later(s.work, s.read, value);
      start += own.length;
    }
  }

  private void set(List<Picked> wanted, double[] values) {
    for (int i = 0; i < values.length; i++) {
      results.set(wanted.get(i).work, wanted.get(i).read, values[i]);
    }
  }

  /** A logit wanted at a row. */
  private record Picked(int work, int read, int row, int token) {}

  private void lens(NDArray value, List<Picked> wanted) {
    try (NDManager scope = value.getManager().newSubManager()) {
      int[] at = wanted.stream().mapToInt(Picked::row).toArray();
      int[] tokens = wanted.stream().mapToInt(Picked::token).toArray();
      NDArray x = Decoder.rows(scope, value, at);
      Rows none = new Rows(tokens, new int[at.length], new int[at.length], List.of());
      NDManager end = decoder.end().under(scope);
      NDArray normed = decoder.finalNorm(end, Home.brought(end, x), none, Hooks.NONE);
      fetching.later(decoder.picked(end, normed, tokens), logits -> set(wanted, logits));
    }
  }

  /** The same read of a value that has the slice's positions alone. */
  static Read moved(Read read) {
    Slice inSelected = slice(read).at(null);
    if (read instanceof Read.Dot r) {
      return new Read.Dot(inSelected, r.vector());
    } else if (read instanceof Read.Cos r) {
      return new Read.Cos(inSelected, r.vector());
    }
    return new Read.Norm(inSelected);
  }

  /** Reads attention of a group, [segment, head, row, source]. */
  void edges(Site site, int layer, NDArray value, List<Member> members, Group group) {
    if (!all.contains(new SiteAt(site, layer))) {
      return;
    }
    List<Picked> wanted = new ArrayList<>();
    int heads = Math.toIntExact(value.getShape().get(1));
    int sources = Math.toIntExact(value.getShape().get(3));
    for (int g = 0; g < group.segments().length; g++) {
      Member member = members.get(group.segments()[g]);
      for (int i : of(member, site, layer)) {
        if (member.work().reads().get(i) instanceof Read.Attention r) {
          edge(member, i, r, g, heads, sources, group, wanted);
        } else {
          throw new IllegalStateException("only single entries of attention can be read here");
        }
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    try (NDManager scope = value.getManager().newSubManager()) {
      int[] flat = wanted.stream().mapToInt(Picked::row).toArray();
      NDArray index = EditScript.index(scope, flat);
      NDArray entries = EditScript.SCRIPT.call(scope, "elements", value, index);
      fetching.later(entries, x -> set(wanted, x));
    }
  }

  private void edge(
      Member member,
      int read,
      Read.Attention r,
      int g,
      int heads,
      int sources,
      Group group,
      List<Picked> wanted) {
    if (r.source() >= sources) {
      results.set(member.work().id(), read, 0);
      return;
    }
    int row = r.position() - group.first();
    int flat = ((g * heads + r.head()) * group.rows() + row) * sources + r.source();
    wanted.add(new Picked(member.work().id(), read, flat, 0));
  }
}
