package org.intervene.optimise;

import java.util.stream.Stream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/**
 * Sites whose tensors exist only where something looks at them or changes them: otherwise they are
 * summed up as they are computed. They are the widest ones of a block.
 *
 * <pre>
 *   head_out     [row, head, d_model]       instead of one product with the output matrix
 *   expert_out   [row, expert, d_model]     instead of the chosen experts' sum
 *   scores       [head, row, source]        instead of fused attention
 * </pre>
 */
final class Unfolded {
  /** The value, what an edit writes it into, and what is gathered from it. */
  private static final long COPIES = 3;

  private Unfolded() {}

  /**
   * Elements that a row of a pack takes more because of a work in it. Blocks run one after the
   * other, so that the widest site counts alone.
   */
  static long perRow(ModelFacts facts, Work work) {
    int positions = work.tokens().length;
    Stream<Site> edited = work.edits().stream().map(CellEdit::slice).map(Slice::site);
    Stream<Site> kept = Stream.concat(work.saved().stream(), work.lent().stream()).map(Slice::site);
    Stream<Site> read = work.reads().stream().map(Unfolded::site);
    return Stream.of(edited, kept, read)
        .flatMap(sites -> sites)
        .filter(Unfolded::isOne)
        .mapToLong(site -> COPIES * Footprint.perRow(facts, site, positions))
        .max()
        .orElse(0);
  }

  private static boolean isOne(Site site) {
    return site == Site.HEAD_OUT || site == Site.EXPERT_OUT || site.hasSources();
  }

  /** The site that a number is read from; the logits if it is read from what is predicted. */
  private static Site site(Read read) {
    if (read instanceof Read.Norm r) {
      return r.slice().site();
    } else if (read instanceof Read.Dot r) {
      return r.slice().site();
    } else if (read instanceof Read.Cos r) {
      return r.slice().site();
    }
    return read instanceof Read.Attention ? Site.PATTERN : Site.LOGITS;
  }
}
