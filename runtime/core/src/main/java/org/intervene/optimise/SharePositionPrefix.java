package org.intervene.optimise;

import java.util.List;
import java.util.stream.IntStream;
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
    List<Work> all = works.copy();
    int fired = 0;
    for (Work work : works.works()) {
      if (work.route() instanceof Route.Join join) {
        int first = first(work, works.get(join.parent()), works.facts().layers());
        if (first > 0) {
          fired++;
          all.set(
              work.id(),
              work.withRoute(new Route.Join(join.parent(), join.entry(), first, join.end())));
        }
      }
    }
    return works.with(all).counting(NAME, fired);
  }

  /** First position that an edit which the parent lacks can change. */
  private static int first(Work work, Work parent, int layers) {
    Wanted wanted = Wanted.of(work, layers);
    List<CellEdit> extra = work.edits().subList(parent.edits().size(), work.edits().size());
    int firstEdited =
        extra.stream()
            .flatMapToInt(
                e ->
                    IntStream.of(Effects.positions(e.slice(), work.tokens().length))
                        .filter(p -> wanted.reaches(e.slice().site(), e.slice().layer(), p)))
            .min()
            .orElseThrow();
    return Math.min(firstEdited, wanted.first());
  }
}
