package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.engine.decoder.PassIndices.Use;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.part.Rotary;

/**
 * Turns queries and keys by the angles of their positions. Angles are computed in float64, once for
 * each position (and length of input, where they depend on it), and rounded to the run's dtype.
 */
final class RotaryTables {
  private static final int FIRST_SIZE = 128;

  private final Rotary rotary;
  private final Dtype dtype;
  private final NDManager owner;
  private final Map<Integer, Table> tables = new HashMap<>();

  /** Cosine and sine of positions from 0 on, each [position, dims / 2]. */
  private record Table(int positions, NDArray cosine, NDArray sine) {}

  RotaryTables(Rotary rotary, Dtype dtype, NDManager owner) {
    this.rotary = rotary;
    this.dtype = dtype;
    this.owner = owner;
  }

  /** Cosine and sine of each row's angles, each [row, dims / 2]. */
  NDArray[] of(NDManager scope, Rows rows) {
    if (!rotary.frequencies().dependsOnLength()) {
      return gathered(scope, rows, 0, rows.positions());
    }
    int[] lengths = rows.segments().stream().mapToInt(Segment::length).distinct().toArray();
    if (lengths.length == 1) {
      return gathered(scope, rows, lengths[0], rows.positions());
    }
    NDArray cosine = Tensors.zeros(scope, dtype, rows.count(), rotary.dims() / 2);
    NDArray sine = Tensors.zeros(scope, dtype, rows.count(), rotary.dims() / 2);
    for (int length : lengths) {
      int[] own =
          IntStream.range(0, rows.count())
              .filter(r -> rows.segments().get(rows.owners()[r]).length() == length)
              .toArray();
      Rows part = rows.keep(own);
      NDArray[] found = gathered(scope, part, length, part.positions());
      NDArray index = Tensors.indices(scope, own);
      Operations.SCRIPT.perform("put_rows", cosine, index, found[0]);
      Operations.SCRIPT.perform("put_rows", sine, index, found[1]);
    }
    return new NDArray[] {cosine, sine};
  }

  private NDArray[] gathered(NDManager scope, Rows rows, int length, int[] positions) {
    int needed = 0;
    for (int p : positions) {
      needed = Math.max(needed, p + 1);
    }
    Table table = table(length, needed);
    NDArray index = rows.index(scope, Use.POSITIONS, positions);
    return new NDArray[] {
      Operations.SCRIPT.call(scope, "rows", table.cosine, index),
      Operations.SCRIPT.call(scope, "rows", table.sine, index)
    };
  }

  private synchronized Table table(int length, int needed) {
    Table known = tables.get(length);
    if (known != null && known.positions >= needed) {
      return known;
    }
    int positions = Math.max(FIRST_SIZE, 2 * Integer.highestOneBit(Math.max(1, needed)));
    int half = rotary.dims() / 2;
    double[] inverse = rotary.frequencies().inverse(length);
    double factor = rotary.frequencies().attentionFactor(length);
    double[] cosine = new double[positions * half];
    double[] sine = new double[positions * half];
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < half; i++) {
        cosine[p * half + i] = Math.cos(p * inverse[i]) * factor;
        sine[p * half + i] = Math.sin(p * inverse[i]) * factor;
      }
    }
    Table made =
        new Table(
            positions,
            Tensors.of(owner, cosine, dtype, positions, half),
            Tensors.of(owner, sine, dtype, positions, half));
    tables.put(length, made);
    return made;
  }

  NDArray turn(NDManager scope, NDArray x, NDArray[] cosineAndSine) {
    return Operations.SCRIPT.call(
        scope, "rotate", x, cosineAndSine[0], cosineAndSine[1], rotary.interleaved());
  }
}
