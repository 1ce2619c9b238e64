package org.intervene.optimise;

import java.util.List;
import java.util.Optional;
import org.intervene.plan.CellEdit;

/**
 * In a causal model, positions before the first edited one never change: compute only the rest,
 * attending to the keys and values that the continued run left.
 *
 * <pre>
 *   position    0   1   2   3   4
 *   baseline    k v k v k v k v k v      kept
 *   patch @ 3               ■──►■        computed: two rows, attending to 0..2 of the baseline
 * </pre>
 *
 * <p>In an encoder every position sees the edited one, and there is nothing to share. A run that
 * others continue computes every position, since they may begin anywhere.
 */
final class SharePositionPrefix implements Rule {
  static final String NAME = "share-position-prefix";

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
    if (!works.facts().causal()) {
      return works.counting(NAME, 0);
    }
    return works.rerouting(
        NAME,
        (work, join) -> {
          int first = first(work, works.get(join.parent()));
          return first > join.first() ? Optional.of(join.from(first)) : Optional.empty();
        });
  }

  /**
   * First position that an edit which the parent lacks can change. Something that is wanted of
   * several positions together may begin before it.
   */
  private static int first(Work work, Work parent) {
    List<CellEdit> extra = work.edits().subList(parent.edits().size(), work.edits().size());
    return Math.min(Effects.first(extra, Integer.MAX_VALUE), Wanted.first(Wanted.of(work)));
  }
}
