package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
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
import org.intervene.engine.script.Tensors;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Reads numbers off activations: norms, inner products, attention entries and the logit lens. */
final class SiteReads {
  private final Decoder decoder;
  private final ReadValues results;
  private final Map<Integer, Map<SiteAt, List<Integer>>> byWork = new HashMap<>();
  private final Set<SiteAt> all = new HashSet<>();

  SiteReads(Decoder decoder, List<Member> members, ReadValues results) {
    this.decoder = decoder;
    this.results = results;
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
    for (int s = 0; s < index.segments(); s++) {
      Member member = members.get(s);
      for (int i : of(member, site, layer)) {
        Read read = member.work().reads().get(i);
        if (read instanceof Read.Lens lens) {
          int row = index.row(s, lens.position());
          lenses.add(new Picked(member.work().id(), i, row, lens.token()));
        } else {
          HostValue selected = selected(slice(read), value, s, member, index);
          results.later(member.work().id(), i, selected);
        }
      }
    }
    if (!lenses.isEmpty()) {
      lens(value, lenses);
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
      double[] logits = Tensors.toDoubles(decoder.picked(end, normed, tokens));
      for (int i = 0; i < logits.length; i++) {
        results.set(wanted.get(i).work, wanted.get(i).read, logits[i]);
      }
    }
  }

  /**
   * The rows of a slice in Java's memory: vectors that they are compared with may not exist yet.
   */
  private HostValue selected(
      Slice slice, NDArray value, int segment, Member member, RowIndex index) {
    int length = member.work().tokens().length;
    int[] positions =
        slice.positions() == null ? IntStream.range(0, length).toArray() : slice.positions();
    int[] rows = IntStream.of(positions).map(p -> index.row(segment, p)).toArray();
    try (NDManager scope = value.getManager().newSubManager()) {
      double[] own = Tensors.toDoubles(Decoder.rows(scope, value, rows));
      return HostValue.of(slice.site(), decoder.architecture().facts(), positions.length, own);
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
      double[] x =
          Tensors.toDoubles(
              EditScript.SCRIPT.call(scope, "elements", value, EditScript.index(scope, flat)));
      for (int i = 0; i < x.length; i++) {
        results.set(wanted.get(i).work, wanted.get(i).read, x[i]);
      }
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
