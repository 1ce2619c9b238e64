package org.intervene.plan;

import java.util.List;
import org.intervene.diagnostic.Span;
import org.intervene.model.Site;

/**
 * Mean of one site over unedited cells, every position of every cell with equal weight within what
 * is kept apart.
 *
 * @param id index in {@link Plan#statistics()}
 * @param cells unedited cells, in the data's order
 */
public record Statistic(int id, Span span, Site site, int layer, By by, List<Integer> cells) {
  public Statistic {
    cells = List.copyOf(cells);
  }

  /** What a mean keeps apart. */
  public enum By {
    /** One mean over all positions. */
    NOTHING,
    /** One mean for every position. */
    POS,
    /** One mean for every token id. */
    TOKEN
  }
}
