package org.intervene.engine.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order in which attention takes rows: segments of equal shape one behind the other, so that
 * each group of them is one batched product. It is the same in every layer that has the same rows.
 *
 * @param groups segments of equal shape
 * @param order [source row] rows of the matrix in the groups' order
 * @param asked [query] rows of the matrix that ask, in the groups' order
 * @param place [query] where the result of each row that asks stands in the groups' order, by the
 *     rows' own order
 * @param offsets by group, rows of a segment that ask, counted from its first one; null if all do
 * @param computed which rows have queries, keys and values of their own
 */
record Arrangement(
    List<Group> groups, int[] order, int[] asked, int[] place, int[][] offsets, Computed computed) {

  /** Segments may only share a product if they agree in this. */
  private record Shape(int first, int rows, List<Integer> asking) {}

  /** All rows ask. */
  static Arrangement of(Rows rows, Computed computed) {
    List<Group> groups = groups(rows, null);
    int[] order = joined(groups, rows.count());
    return new Arrangement(
        groups, order, order, inverse(order), new int[groups.size()][], computed);
  }

  /**
   * Some rows ask.
   *
   * @param asking ascending
   */
  static Arrangement of(Rows rows, int[] asking, Computed computed) {
    int[][] offsets = new int[rows.segments().size()][];
    int[] starts = rows.starts();
    int next = 0;
    for (int s = 0; s < offsets.length; s++) {
      int from = next;
      while (next < asking.length && rows.owners()[asking[next]] == s) {
        next++;
      }
      offsets[s] = Arrays.copyOfRange(asking, from, next);
      for (int i = 0; i < offsets[s].length; i++) {
        offsets[s][i] -= starts[s];
      }
    }
    List<Group> groups = groups(rows, offsets);
    int[][] byGroup = new int[groups.size()][];
    int[] asked = new int[asking.length];
    int query = 0;
    for (int g = 0; g < byGroup.length; g++) {
      int[] own = offsets[groups.get(g).segments()[0]];
      for (int s : groups.get(g).segments()) {
        for (int offset : own) {
          asked[query++] = starts[s] + offset;
        }
      }
      byGroup[g] = own.length == groups.get(g).rows() ? null : own;
    }
    int[] place = new int[asking.length];
    for (int q = 0; q < asked.length; q++) {
      place[Arrays.binarySearch(asking, asked[q])] = q;
    }
    return new Arrangement(groups, joined(groups, rows.count()), asked, place, byGroup, computed);
  }

  private static List<Group> groups(Rows rows, int[][] offsets) {
    Map<Shape, List<Integer>> byShape = new LinkedHashMap<>();
    List<Segment> segments = rows.segments();
    for (int s = 0; s < segments.size(); s++) {
      List<Integer> asking = offsets == null ? List.of() : boxed(offsets[s]);
      Shape shape = new Shape(segments.get(s).first(), segments.get(s).rows(), asking);
      byShape.computeIfAbsent(shape, k -> new ArrayList<>()).add(s);
    }
    int[] starts = rows.starts();
    List<Group> groups = new ArrayList<>();
    byShape.forEach((shape, members) -> groups.add(group(shape, members, starts)));
    return groups;
  }

  private static List<Integer> boxed(int[] numbers) {
    List<Integer> list = new ArrayList<>();
    for (int n : numbers) {
      list.add(n);
    }
    return list;
  }

  private static Group group(Shape shape, List<Integer> members, int[] starts) {
    int[] segments = new int[members.size()];
    int[] index = new int[members.size() * shape.rows];
    for (int m = 0; m < segments.length; m++) {
      segments[m] = members.get(m);
      for (int i = 0; i < shape.rows; i++) {
        index[m * shape.rows + i] = starts[segments[m]] + i;
      }
    }
    return new Group(shape.first, shape.rows, segments, index);
  }

  private static int[] joined(List<Group> groups, int count) {
    int[] order = new int[count];
    int next = 0;
    for (Group group : groups) {
      System.arraycopy(group.index(), 0, order, next, group.index().length);
      next += group.index().length;
    }
    return order;
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** By segment, whether it needs keys and values of positions that it does not compute. */
  boolean[] reaching() {
    boolean[] reaching = computed.borrowing().clone();
    for (Group group : groups) {
      for (int s : group.segments()) {
        reaching[s] |= group.first() > 0;
      }
    }
    return reaching;
  }

  /** Rows that ask in each segment of a group. */
  int asking(int group) {
    return offsets[group] == null ? groups.get(group).rows() : offsets[group].length;
  }

  /** The offsets of all groups in which only some rows ask, one group after the other. */
  int[] askedOffsets() {
    int count = 0;
    for (int[] own : offsets) {
      count += own == null ? 0 : own.length;
    }
    int[] all = new int[count];
    int next = 0;
    for (int[] own : offsets) {
      if (own != null) {
        System.arraycopy(own, 0, all, next, own.length);
        next += own.length;
      }
    }
    return all;
  }

  /**
   * Whether a query of a group must not see all its sources although it may see no later position,
   * and the rule of a square matrix does not say which.
   */
  boolean isCut(int group) {
    Group of = groups.get(group);
    int[] own = offsets[group];
    if (own == null) {
      return of.first() > 0 && of.rows() > 1;
    }
    return own.length != 1 || own[0] != of.rows() - 1;
  }

  /**
   * Rows of earlier positions' pool with the computed rows behind it: for each segment in the
   * groups' order every position that it may see.
   *
   * @param starts by segment, row of the pool that holds position 0
   * @param own row at which the computed rows begin
   */
  int[] sources(int[] starts, int own) {
    int count = 0;
    for (Group group : groups) {
      count += group.segments().length * group.sources();
    }
    int[] rows = new int[count];
    int next = 0;
    for (Group group : groups) {
      for (int s = 0; s < group.segments().length; s++) {
        int start = starts[group.segments()[s]];
        for (int p = 0; p < group.first(); p++) {
          rows[next++] = start + p;
        }
        for (int i = 0; i < group.rows(); i++) {
          int place = computed.place(group.index()[s * group.rows() + i]);
          rows[next++] = place < 0 ? start + group.first() + i : own + place;
        }
      }
    }
    return rows;
  }

  /** Whether some rows ask nothing. */
  boolean isPartial() {
    return asked.length < order.length;
  }

  /** The rows that ask, as places among the computed rows; in the groups' order. */
  int[] askedComputed() {
    IntStream places = IntStream.of(asked).map(computed::place);
    return places.filter(p -> p >= 0).toArray();
  }

  /**
   * Rows of an earlier pass's queries with computed ones behind it: for each row that asks its
   * query, in the groups' order.
   *
   * @param starts by segment, row of the pool that holds position 0
   * @param own row at which the computed queries begin
   * @param apart whether these are {@link #askedComputed} alone, not all computed rows
   */
  int[] queries(Rows rows, int[] starts, int own, boolean apart) {
    int[] index = new int[asked.length];
    int next = 0;
    for (int q = 0; q < asked.length; q++) {
      int place = computed.place(asked[q]);
      if (place < 0) {
        index[q] = starts[rows.owners()[asked[q]]] + rows.positions()[asked[q]];
      } else {
        index[q] = own + (apart ? next++ : place);
      }
    }
    return index;
  }
}
