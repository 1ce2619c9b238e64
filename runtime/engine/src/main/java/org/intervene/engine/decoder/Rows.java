package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intervene.engine.script.Tensors;

/** Which token each row of a matrix is. */
public final class Rows {
  private final int[] tokens;
  private final int[] positions;
  private final int[] owners;
  private final List<Segment> segments;
  private final PassIndices indices;
  private Arrangement arrangement;

  /**
   * Rows whose index tensors are made anew in each layer.
   *
   * @param tokens [row] token id
   * @param positions [row] position in its input
   * @param owners [row] index of its segment
   * @param segments the segments, in the order of their rows; a row may be missing from the matrix
   *     once only some are kept
   */
  public Rows(int[] tokens, int[] positions, int[] owners, List<Segment> segments) {
    this(tokens, positions, owners, segments, null);
  }

  private Rows(
      int[] tokens, int[] positions, int[] owners, List<Segment> segments, PassIndices indices) {
    this.tokens = tokens;
    this.positions = positions;
    this.owners = owners;
    this.segments = List.copyOf(segments);
    this.indices = indices;
  }

  /**
   * No rows yet. Index tensors of all that join them are made once for all layers.
   *
   * @param owner lives as long as the pass
   */
  public static Rows none(NDManager owner) {
    return new Rows(new int[0], new int[0], new int[0], List.of(), new PassIndices(owner));
  }

  /** Token ids, [row]. */
  public int[] tokens() {
    return tokens;
  }

  /** Positions in their inputs, [row]. */
  public int[] positions() {
    return positions;
  }

  /** Indices of their segments, [row]. */
  public int[] owners() {
    return owners;
  }

  public List<Segment> segments() {
    return segments;
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

  /** All rows of segments that have grown; index tensors go on being made once. */
  public Rows grown(List<Segment> longer, List<int[]> inputs) {
    Rows all = of(longer, inputs);
    return new Rows(all.tokens, all.positions, all.owners, longer, indices);
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
    return new Rows(
        pick(tokens, index), pick(positions, index), pick(owners, index), segments, indices);
  }

  /** These rows with those of further segments behind them. */
  public Rows with(Rows more) {
    List<Segment> all = new ArrayList<>(segments);
    all.addAll(more.segments);
    int[] shifted = more.owners.clone();
    for (int r = 0; r < shifted.length; r++) {
      shifted[r] += segments.size();
    }
    return new Rows(
        joined(tokens, more.tokens),
        joined(positions, more.positions),
        joined(owners, shifted),
        all,
        indices);
  }

  /**
   * Row numbers as a tensor, to be used before the same use is asked again.
   *
   * @param scope where it is to be, and its owner if these rows keep none
   * @param use what it is for: it is kept for the next layer that wants the same numbers for this
   */
  public NDArray index(NDManager scope, Object use, int[] numbers) {
    return indices == null ? Tensors.indices(scope, numbers) : indices.of(scope, use, numbers);
  }

  private static int[] joined(int[] left, int[] right) {
    int[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static int[] pick(int[] from, int[] index) {
    int[] picked = new int[index.length];
    for (int i = 0; i < index.length; i++) {
      picked[i] = from[index[i]];
    }
    return picked;
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

  /** How attention takes them if all ask; worked out once, for all layers. */
  Arrangement arrangement() {
    if (arrangement == null) {
      arrangement = Arrangement.of(this, Computed.all(this));
    }
    return arrangement;
  }

  /** The first row of each segment, of which all rows have to be there. */
  int[] starts() {
    int[] starts = new int[segments.size()];
    int start = 0;
    for (int s = 0; s < starts.length; s++) {
      starts[s] = start;
      start += segments.get(s).rows();
    }
    return starts;
  }
}
