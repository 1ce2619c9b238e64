package org.intervene.execute;

import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Slice;

/** Where heads and units of a site stand in a row that has all of them, one behind the other. */
record SliceColumns(ModelFacts facts) {
  /** Columns of a slice, by head and then unit; null means all. */
  int[] of(Slice slice) {
    if (slice.heads() == null && slice.units() == null) {
      return null;
    }
    int width = width(slice.site());
    int[] heads =
        slice.heads() == null ? IntStream.range(0, heads(slice.site())).toArray() : slice.heads();
    int[] units = slice.units() == null ? IntStream.range(0, width).toArray() : slice.units();
    return IntStream.of(heads).flatMap(h -> IntStream.of(units).map(u -> h * width + u)).toArray();
  }

  int width(Site site) {
    return facts.length(site.last(), 0);
  }

  int heads(Site site) {
    return facts.groups(site);
  }
}
