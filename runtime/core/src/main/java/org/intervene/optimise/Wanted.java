package org.intervene.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.intervene.model.Site;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Where in a work's pass the things stand that are wanted of it. */
final class Wanted {
  private Wanted() {}

  /**
   * One thing that is wanted.
   *
   * @param what a {@link Read}, a kept {@link Slice}, or the position of a distribution
   * @param positions where its site is looked at, ascending
   */
  record Item(Object what, Site site, int layer, int[] positions) {
    int order() {
      return Work.order(site, layer);
    }

    int last() {
      return positions[positions.length - 1];
    }
  }

  /** Everything that is wanted of a work. */
  static List<Item> of(Work work) {
    List<Item> items = new ArrayList<>();
    work.reads().forEach(r -> items.add(item(r, work.tokens().length)));
    work.kept().forEach(s -> items.add(item(s, s, work.tokens().length)));
    work.compared().forEach(p -> items.add(new Item(p, Site.LOGITS, 0, new int[] {p})));
    return items;
  }

  private static Item item(Object what, Slice slice, int length) {
    int[] at = Effects.positions(slice, length);
    return new Item(what, slice.site(), slice.layer(), at);
  }

  private static Item item(Read read, int length) {
    if (read instanceof Read.Lens r) {
      return new Item(read, Site.RESID_POST, r.layer(), new int[] {r.position()});
    } else if (read instanceof Read.Attention r) {
      return new Item(read, Site.PATTERN, r.layer(), new int[] {r.position()});
    } else if (read instanceof Read.Norm r) {
      return item(read, r.slice(), length);
    } else if (read instanceof Read.Dot r) {
      return item(read, r.slice(), length);
    } else if (read instanceof Read.Cos r) {
      return item(read, r.slice(), length);
    }
    return new Item(read, Site.LOGITS, 0, predicted(read, length));
  }

  private static int[] predicted(Read read, int length) {
    if (read instanceof Read.Logit r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.LogProb r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Rank r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Top1 r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Entropy r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Kl r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Js r) {
      return new int[] {r.position()};
    } else if (read instanceof Read.Loss) {
      return IntStream.range(0, length - 1).toArray();
    }
    throw new IllegalStateException("unhandled read " + read);
  }

  /** One past the last position that is looked at; 0 if nothing is wanted. */
  static int end(List<Item> items) {
    return items.stream().mapToInt(i -> i.last() + 1).max().orElse(0);
  }

  /** The first position that is looked at; the largest number if nothing is wanted. */
  static int first(List<Item> items) {
    return items.stream().mapToInt(i -> i.positions()[0]).min().orElse(Integer.MAX_VALUE);
  }

  /**
   * The positions that are looked at behind the last block's attention, ascending. A kept value has
   * every position between its first and its last one.
   */
  static int[] finals(List<Item> items, int layers) {
    TreeSet<Integer> positions = new TreeSet<>();
    for (Item item : items) {
      if (item.order() >= Work.order(Site.Z, layers - 1)) {
        IntStream.of(item.positions()).forEach(positions::add);
      }
    }
    boolean gapless = items.stream().anyMatch(i -> i.what() instanceof Slice);
    return gapless && !positions.isEmpty()
        ? IntStream.rangeClosed(positions.first(), positions.last()).toArray()
        : positions.stream().mapToInt(i -> i).toArray();
  }
}
