package org.intervene.optimise;

import java.util.Comparator;
import org.intervene.model.Site;

/**
 * A tensor that a pack leaves behind: a site's rows of all works of the pack that others read. It
 * is freed, or kept in a file, as a whole.
 */
public record Left(int pack, Site site, int layer) implements Comparable<Left> {
  private static final Comparator<Left> ORDER =
      Comparator.comparingInt(Left::pack).thenComparing(Left::site).thenComparingInt(Left::layer);

  @Override
  public int compareTo(Left other) {
    return ORDER.compare(this, other);
  }
}
