package org.intervene.engine.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which token each row of a matrix is.
 *
 * @param tokens [row] token id
 * @param positions [row] position in its input
 * @param owners [row] index of its segment
 * @param segments the segments, in the order of their rows; a row may be missing from the matrix
 *     once only some are kept
 */
public record Rows(int[] tokens, int[] positions, int[] owners, List<Segment> segments) {

  public Rows {
    segments = List.copyOf(segments);
  }

  /**
   * The rows of some segments.
   *
   * @param inputs tokens of each segment's whole input
   */
  public static Rows of(List<Segment> segments, List<int[]> inputs) {
    int count = segments.stream().mapToInt(Segment::rows).sum();
    int[] tokens = new int[count];
    int[] positions = new int[count];
    int[] owners = new int[count];
    int row = 0;
    for (int s = 0; s < segments.size(); s++) {
      for (int i = 0; i < segments.get(s).rows(); i++) {
        positions[row] = segments.get(s).first() + i;
        tokens[row] = inputs.get(s)[positions[row]];
        owners[row++] = s;
      }
    }
    return new Rows(tokens, positions, owners, segments);
  }

  /** All positions of one input. */
  public static Rows whole(int[] input) {
    return of(List.of(Segment.whole(input.length)), List.of(input));
  }

  public int count() {
    return tokens.length;
  }

  /** Some of the rows; the segments keep their numbers. */
  public Rows keep(int[] index) {
    return new Rows(pick(tokens, index), pick(positions, index), pick(owners, index), segments);
  }

  /** These rows with those of further segments behind them. */
  public Rows with(Rows more) {
    List<Segment> all = new ArrayList<>(segments);
    all.addAll(more.segments);
    int[] shifted = IntStream.of(more.owners).map(o -> o + segments.size()).toArray();
    return new Rows(
        joined(tokens, more.tokens),
        joined(positions, more.positions),
        joined(owners, shifted),
        all);
  }

  private static int[] joined(int[] left, int[] right) {
    int[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static int[] pick(int[] from, int[] index) {
    return IntStream.of(index).map(i -> from[i]).toArray();
  }

  /** The row of a segment's position; -1 if it is not among the rows. */
  public int row(int segment, int position) {
    for (int r = 0; r < owners.length; r++) {
      if (owners[r] == segment && positions[r] == position) {
        return r;
      }
    }
    return -1;
  }

  private record Shape(int first, int rows) {}

  /** Segments grouped by equal shape. */
  List<Group> groups() {
    Map<Shape, List<Integer>> byShape = new LinkedHashMap<>();
    int[] starts = new int[segments.size()];
    int start = 0;
    for (int s = 0; s < segments.size(); s++) {
      starts[s] = start;
      Segment segment = segments.get(s);
      start += segment.rows();
      Shape shape = new Shape(segment.first(), segment.rows());
      byShape.computeIfAbsent(shape, k -> new ArrayList<>()).add(s);
    }
    List<Group> groups = new ArrayList<>();
    byShape.forEach(
        (shape, members) -> {
          int[] index =
              members.stream()
                  .flatMapToInt(s -> IntStream.range(starts[s], starts[s] + shape.rows()))
                  .toArray();
          int[] ids = members.stream().mapToInt(i -> i).toArray();
          groups.add(new Group(shape.first(), shape.rows(), ids, index));
        });
    return groups;
  }
}
