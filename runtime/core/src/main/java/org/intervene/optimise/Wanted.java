package org.intervene.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.intervene.model.Site;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Which positions of a work anything is read at, and so which edits can be noticed. */
final class Wanted {
  private final TreeSet<Integer> positions = new TreeSet<>();
  private final List<Slice> activations = new ArrayList<>();
  private final int layers;

  private Wanted(int layers) {
    this.layers = layers;
  }

  static Wanted of(Work work, int layers) {
    Wanted wanted = new Wanted(layers);
    work.reads().forEach(r -> wanted.add(r, work.tokens().length));
    work.kept().forEach(s -> wanted.add(s, work.tokens().length));
    return wanted;
  }

  private void add(Read read, int length) {
    if (read instanceof Read.Logit r) {
      positions.add(r.position());
    } else if (read instanceof Read.LogProb r) {
      positions.add(r.position());
    } else if (read instanceof Read.Rank r) {
      positions.add(r.position());
    } else if (read instanceof Read.Top1 r) {
      positions.add(r.position());
    } else if (read instanceof Read.Entropy r) {
      positions.add(r.position());
    } else if (read instanceof Read.Kl r) {
      positions.add(r.position());
    } else if (read instanceof Read.Js r) {
      positions.add(r.position());
    } else if (read instanceof Read.Lens r) {
      positions.add(r.position());
      activations.add(Slice.whole(Site.RESID_POST, r.layer()));
    } else if (read instanceof Read.Attention r) {
      positions.add(r.position());
      activations.add(Slice.whole(Site.PATTERN, r.layer()));
    } else if (read instanceof Read.Loss) {
      IntStream.range(0, length).forEach(positions::add);
    } else {
      add(sliceOf(read), length);
    }
  }

  private static Slice sliceOf(Read read) {
    if (read instanceof Read.Norm r) {
      return r.slice();
    } else if (read instanceof Read.Dot r) {
      return r.slice();
    } else if (read instanceof Read.Cos r) {
      return r.slice();
    }
    throw new IllegalStateException("unhandled read " + read);
  }

  private void add(Slice slice, int length) {
    activations.add(slice);
    IntStream at =
        slice.positions() == null ? IntStream.range(0, length) : IntStream.of(slice.positions());
    at.forEach(positions::add);
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  /** The sites, other than logits, that are read or kept. */
  List<Slice> activations() {
    return activations;
  }

  /** The first position that is read. */
  int first() {
    return positions.isEmpty() ? 0 : positions.first();
  }

  /** One past the last position that is read. */
  int end() {
    return positions.isEmpty() ? 0 : positions.last() + 1;
  }

  /** The positions that are read, ascending. */
  int[] positions() {
    return positions.stream().mapToInt(i -> i).toArray();
  }

  /** Whether a change at a position of a site can reach anything that is read. */
  boolean reaches(Site site, int layer, int position) {
    boolean pointwise = !site.layered() || layer == layers - 1;
    boolean mixes =
        site == Site.EMBED
            || site == Site.POS_EMBED
            || site == Site.RESID_PRE
            || site == Site.ATTN_IN
            || site == Site.K
            || site == Site.K_ROT
            || site == Site.V;
    return pointwise && !mixes ? positions.contains(position) : position < end();
  }
}
