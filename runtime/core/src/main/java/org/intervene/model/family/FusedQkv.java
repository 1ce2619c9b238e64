package org.intervene.model.family;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.intervene.model.part.Attention;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Rows;

/**
 * Where the heads of q, k and v are in one fused projection: for each, the first row of a head; the
 * rows of a head are consecutive.
 */
record FusedQkv(
    int heads,
    int kvHeads,
    int dHead,
    IntUnaryOperator qStart,
    IntUnaryOperator kStart,
    IntUnaryOperator vStart) {

  /** All of q, then all of k, then all of v. */
  static FusedQkv oneAfterTheOther(int heads, int kvHeads, int dHead) {
    return new FusedQkv(
        heads,
        kvHeads,
        dHead,
        h -> h * dHead,
        h -> (heads + h) * dHead,
        h -> (heads + kvHeads + h) * dHead);
  }

  /** q, k and v of the first head, then those of the second, and so on. */
  static FusedQkv byHead(int heads, int dHead) {
    return byGroup(heads, heads, dHead);
  }

  /** The query heads of a group, then its key head and its value head, group by group. */
  static FusedQkv byGroup(int heads, int groups, int dHead) {
    int each = heads / groups;
    return new FusedQkv(
        heads,
        groups,
        dHead,
        h -> (h / each * (each + 2) + h % each) * dHead,
        g -> (g * (each + 2) + each) * dHead,
        g -> (g * (each + 2) + each + 1) * dHead);
  }

  /**
   * Four blocks of heads, each with its queries, then values, then keys, as CodeGen was cut for
   * four devices.
   */
  static FusedQkv inFourBlocks(int heads, int dHead) {
    int each = heads / 4;
    return new FusedQkv(
        heads,
        heads,
        dHead,
        h -> (h / each * 3 * each + h % each) * dHead,
        h -> (h / each * 3 * each + 2 * each + h % each) * dHead,
        h -> (h / each * 3 * each + each + h % each) * dHead);
  }

  /** Attention whose first three projections are parts of one. */
  Attention attention(Linear qkv, Linear out, double scale) {
    return Attention.plain(
        heads,
        kvHeads,
        dHead,
        qkv.pick(rows(heads, qStart)),
        qkv.pick(rows(kvHeads, kStart)),
        qkv.pick(rows(kvHeads, vStart)),
        out,
        scale);
  }

  private Rows rows(int count, IntUnaryOperator start) {
    int[] rows =
        IntStream.range(0, count)
            .flatMap(h -> IntStream.range(0, dHead).map(i -> start.applyAsInt(h) + i))
            .toArray();
    boolean consecutive = IntStream.range(0, rows.length).allMatch(i -> rows[i] == rows[0] + i);
    return consecutive ? new Rows.Range(rows[0], rows.length) : new Rows.Order(rows);
  }
}
