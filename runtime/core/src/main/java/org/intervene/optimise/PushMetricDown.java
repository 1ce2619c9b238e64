package org.intervene.optimise;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;

/**
 * Only what a metric reads is computed: no position behind the last one that is read, in the last
 * block nothing but the read positions after attention, and of the unembedding only the columns of
 * the tokens that are asked for.
 *
 * <pre>
 *   read: logit(" Paris") @ 3          position  0   1   2   3   4
 *   blocks before the last             ■   ■   ■   ■   ·
 *   last block, after attention        ·   ·   ·   ■   ·
 *   unembedding                        one dot product
 * </pre>
 *
 * <p>In an encoder what is read depends on every position. A run that others continue computes
 * every position, since they may read anywhere.
 */
final class PushMetricDown implements Rule {
  static final String NAME = "push-metric-down";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.WITHIN_TOLERANCE;
  }

  @Override
  public Works apply(Works works) {
    Set<Integer> continued = works.continued();
    List<Work> all = works.copy();
    int fired = 0;
    for (Work work : works.works()) {
      if (continued.contains(work.id())) {
        all.set(work.id(), work.withRoute(whole(work.route())));
      } else if (!(work.route() instanceof Route.SameAs)) {
        Route narrow = narrowed(work, works.facts());
        fired += rows(narrow) < rows(work.route()) ? 1 : 0;
        all.set(work.id(), work.withRoute(narrow));
      }
    }
    return works.with(all).counting(NAME, fired);
  }

  /** All positions, but only those of their logits that are read. */
  private static Route whole(Route route) {
    if (route instanceof Route.Join join) {
      int[] every = IntStream.range(join.first(), join.end()).toArray();
      return new Route.Join(join.parent(), join.entry(), join.first(), join.end(), every);
    }
    int end = ((Route.Full) route).end();
    return new Route.Full(end, IntStream.range(0, end).toArray());
  }

  private static Route narrowed(Work work, ModelFacts facts) {
    List<Wanted.Item> items = Wanted.of(work);
    int[] read = Wanted.finals(items, facts.layers());
    int first = work.route() instanceof Route.Join join ? join.first() : 0;
    int end = facts.causal() ? Math.max(Wanted.end(items), first + 1) : work.tokens().length;
    int[] finals = read.length == 0 ? new int[] {end - 1} : read;
    return work.route() instanceof Route.Join join
        ? new Route.Join(join.parent(), join.entry(), first, end, finals)
        : new Route.Full(end, finals);
  }

  /** Rows that come out of the last block. */
  private static int rows(Route route) {
    if (route instanceof Route.Join join) {
      return join.finals() == null ? join.rows() : join.finals().length;
    }
    Route.Full full = (Route.Full) route;
    return full.finals() == null ? full.end() : full.finals().length;
  }
}
