package org.intervene.optimise;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    Set<Integer> parents = new HashSet<>();
    works
        .works()
        .forEach(
            w -> {
              if (w.route() instanceof Route.Join join) {
                parents.add(join.parent());
              }
            });
    List<Work> all = works.copy();
    int fired = 0;
    for (Work work : works.works()) {
      int end = Wanted.of(work, works.facts().layers()).end();
      if (work.route() instanceof Route.Join join && end < join.end()) {
        fired++;
        all.set(
            work.id(),
            work.withRoute(new Route.Join(join.parent(), join.entry(), join.first(), end)));
      } else if (work.route() instanceof Route.Full full
          && !parents.contains(work.id())
          && end < full.end()) {
        fired++;
        all.set(work.id(), work.withRoute(new Route.Full(end)));
      }
    }
    return works.with(all).counting(NAME, fired);
  }
}
