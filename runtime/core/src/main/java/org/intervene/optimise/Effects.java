package org.intervene.optimise;

import java.util.List;
import java.util.stream.IntStream;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Slice;

/** At which positions edits can change anything. */
final class Effects {
  private Effects() {}

  /** First position at which edits up to a point of the forward pass may have changed something. */
  static int first(List<CellEdit> edits, int order) {
    return edits.stream()
        .filter(e -> Work.order(e.slice()) <= order)
        .mapToInt(e -> e.slice().positions() == null ? 0 : e.slice().positions()[0])
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /** Whether there are no edits up to a point of the forward pass. */
  static boolean none(List<CellEdit> edits, int order) {
    return edits.stream().allMatch(e -> Work.order(e.slice()) > order);
  }

  /** Whether edits up to a point of the forward pass are made at a position. */
  static boolean touches(List<CellEdit> edits, int order, int position) {
    return edits.stream()
        .filter(e -> Work.order(e.slice()) <= order)
        .anyMatch(
            e ->
                e.slice().positions() == null
                    || IntStream.of(e.slice().positions()).anyMatch(p -> p == position));
  }

  /** First position at which two inputs differ. */
  static int firstDifference(int[] left, int[] right) {
    int n = Math.min(left.length, right.length);
    for (int i = 0; i < n; i++) {
      if (left[i] != right[i]) {
        return i;
      }
    }
    return n;
  }

  /** The positions of a slice, spelled out. */
  static int[] positions(Slice slice, int length) {
    return slice.positions() == null ? IntStream.range(0, length).toArray() : slice.positions();
  }
}
