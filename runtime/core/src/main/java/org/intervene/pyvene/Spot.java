package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which heads and positions of one example an intervention touches, as selections write them; null
 * means all of them. Entry i of a base's list belongs to entry i of its source's.
 */
record Spot(List<String> heads, List<String> positions) {
  /** Everything. */
  static final Spot WHOLE = new Spot(null, null);

  /** Places in ascending order, and the other list in the order that keeps the pairs. */
  static List<List<Integer>> paired(int[] base, int[] other) {
    List<Integer> order =
        IntStream.range(0, base.length).boxed().sorted(Comparator.comparing(i -> base[i])).toList();
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int i : order) {
      left.add(base[i]);
      right.add(other[i]);
    }
    return List.of(left, right);
  }
}
