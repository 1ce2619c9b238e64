package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.engine.decoder.PassIndices.Use;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.model.part.Attention;

/**
 * From queries, keys and values to what each head gives. Segments of equal shape are one batched
 * product; rows are brought into the order of these groups once for all of them.
 */
final class HeadMix {
  private final int layer;
  private final Attention part;
  private final Optional<NDArray> slopes;

  HeadMix(int layer, Attention part, NDManager owner) {
    this.layer = layer;
    this.part = part;
    this.slopes = part.alibi().map(a -> Tensors.of(owner, a.slopes(), Dtype.FLOAT64, part.heads()));
  }

  /**
   * Attention.
   *
   * @param queries of the rows that ask, in the groups' order, [query, head, d_head]
   * @param k after rotary embedding, [computed row, kv_head, d_head]
   * @param v [computed row, kv_head, d_head]
   * @param by which rows ask, and in which order they are taken
   * @return [row that asks, head, d_head]
   */
  NDArray apply(
      NDManager scope,
      NDArray queries,
      NDArray k,
      NDArray v,
      Arrangement by,
      Rows rows,
      Prefix prefix,
      Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray[] sources = sources(inner, k, v, by, rows, prefix);
      NDArray z =
          isStepwise(hooks)
              ? stepwise(inner, queries, sources[0], sources[1], by, rows, hooks)
              : atOnce(inner, queries, sources[0], sources[1], by);
      NDArray own = picked(inner, z, rows, Use.PLACE, by.place());
      Home.keep(scope, own);
      return own;
    }
  }

  private boolean isStepwise(Hooks hooks) {
    return hooks.wants(Site.SCORES, layer)
        || hooks.wants(Site.PATTERN, layer)
        || part.softCap().isPresent();
  }

  /**
   * The queries of the rows that ask, in the groups' order.
   *
   * @param q after rotary embedding, [computed row, head, d_head]; of those that ask alone if apart
   * @param apart whether q has the rows that ask alone, in the groups' order
   */
  NDArray queries(
      NDManager scope, NDArray q, boolean apart, Arrangement by, Rows rows, Prefix prefix) {
    boolean[] borrowing = by.computed().borrowing();
    if (!any(borrowing)) {
      return apart ? q : picked(scope, q, rows, Use.ASKED, by.asked());
    }
    Prefix.Earlier known = prefix.of(scope, Site.Q_ROT, layer, borrowing);
    int own = Math.toIntExact(known.pool().getShape().get(0));
    NDArray index = rows.index(scope, Use.ASKED, by.queries(rows, known.starts(), own, apart));
    return behind(scope, known, q, index);
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  /** Keys and values of every segment from position 0 on, in the groups' order. */
  private NDArray[] sources(
      NDManager inner, NDArray k, NDArray v, Arrangement by, Rows rows, Prefix prefix) {
    boolean[] reaching = by.reaching();
    if (!any(reaching)) {
      return new NDArray[] {
        picked(inner, k, rows, Use.ORDER, by.order()), picked(inner, v, rows, Use.ORDER, by.order())
      };
    }
    Prefix.Earlier keys = prefix.of(inner, Site.K_ROT, layer, reaching);
    Prefix.Earlier values = prefix.of(inner, Site.V, layer, reaching);
    NDArray atKeys = index(inner, rows, Use.KEYS, keys, by);
    boolean alike =
        keys.pool().getShape().get(0) == values.pool().getShape().get(0)
            && Arrays.equals(keys.starts(), values.starts());
    NDArray atValues = alike ? atKeys : index(inner, rows, Use.VALUES, values, by);
    return new NDArray[] {behind(inner, keys, k, atKeys), behind(inner, values, v, atValues)};
  }

  private static NDArray index(
      NDManager inner, Rows rows, Use use, Prefix.Earlier earlier, Arrangement by) {
    int own = Math.toIntExact(earlier.pool().getShape().get(0));
    return rows.index(inner, use, by.sources(earlier.starts(), own));
  }

  private static NDArray behind(
      NDManager inner, Prefix.Earlier earlier, NDArray own, NDArray index) {
    try (NDArray all =
        Operations.SCRIPT.call(inner, "cat", (Object) new NDArray[] {earlier.pool(), own})) {
      return Operations.SCRIPT.call(inner, "rows", all, index);
    }
  }

  static NDArray picked(NDManager scope, NDArray x, Rows rows, Object use, int[] wanted) {
    boolean counted = x.getShape().get(0) == wanted.length;
    for (int i = 0; counted && i < wanted.length; i++) {
      counted = wanted[i] == i;
    }
    return counted ? x : Decoder.rows(scope, x, rows.index(scope, use, wanted));
  }

  private NDArray atOnce(NDManager inner, NDArray q, NDArray k, NDArray v, Arrangement by) {
    boolean always = part.window().isPresent() || slopes.isPresent();
    boolean any = false;
    List<Group> groups = by.groups();
    long[] shapes = new long[5 * groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      boolean masked = always || (part.causal() && by.isCut(g));
      any |= masked;
      shapes[5 * g] = groups.get(g).segments().length;
      shapes[5 * g + 1] = groups.get(g).first();
      shapes[5 * g + 2] = groups.get(g).rows();
      shapes[5 * g + 3] = by.asking(g);
      shapes[5 * g + 4] = masked ? 1 : 0;
    }
    NDArray[] bias = any ? new NDArray[] {additive(inner, q, by.groups())} : new NDArray[0];
    return Operations.SCRIPT.call(
        inner, "attend", q, k, v, shapes, by.askedOffsets(), bias, part.causal(), part.scale());
  }

  /** Mask and linear biases in one additive tensor, for every query and source there is. */
  private NDArray additive(NDManager inner, NDArray q, List<Group> groups) {
    int sources = groups.stream().mapToInt(Group::sources).max().orElse(0);
    return Operations.SCRIPT.call(
        inner, "additive", mask(inner, q, 0, sources), alibi(inner, q, sources), q);
  }

  private NDArray mask(NDManager inner, NDArray q, int first, int rows) {
    return Operations.SCRIPT.call(
        inner, "mask", first, rows, part.window().orElse(0), part.causal(), q);
  }

  private NDArray[] alibi(NDManager inner, NDArray q, int sources) {
    return slopes
        .map(
            s ->
                new NDArray[] {
                  Operations.SCRIPT.call(
                      inner,
                      "alibi",
                      s,
                      sources,
                      part.alibi().orElseThrow().bfloat16(),
                      part.alibi().orElseThrow().factor(),
                      q)
                })
        .orElseGet(() -> new NDArray[0]);
  }

  /** Group by group, for those who look at scores or patterns. */
  private NDArray stepwise(
      NDManager inner, NDArray q, NDArray k, NDArray v, Arrangement by, Rows rows, Hooks hooks) {
    NDArray[] parts = new NDArray[by.groups().size()];
    int row = 0;
    int source = 0;
    for (int g = 0; g < parts.length; g++) {
      Group group = by.groups().get(g);
      int segments = group.segments().length;
      NDArray queries = segments(inner, q, row, segments, by.asking(g));
      NDArray keys = segments(inner, k, source, segments, group.sources());
      NDArray values = segments(inner, v, source, segments, group.sources());
      NDArray mask = mask(inner, q, group.first(), group.rows());
      if (by.offsets()[g] != null) {
        mask = picked(inner, mask, rows, List.of(Use.ASKED, g), by.offsets()[g]);
      }
      NDArray pattern = pattern(inner, queries, keys, mask, group, rows, hooks);
      parts[g] = Operations.SCRIPT.call(inner, "mixed", pattern, values);
      row += segments * by.asking(g);
      source += segments * group.sources();
    }
    return Operations.SCRIPT.call(inner, "cat", (Object) parts);
  }

  private static NDArray segments(NDManager inner, NDArray x, int first, int segments, int rows) {
    return Operations.SCRIPT.call(inner, "segments", x, first, segments, rows);
  }

  private NDArray pattern(
      NDManager inner, NDArray q, NDArray k, NDArray mask, Group group, Rows rows, Hooks hooks) {
    NDArray scores =
        Operations.SCRIPT.call(
            inner,
            "scores",
            q,
            k,
            alibi(inner, q, group.sources()),
            mask,
            part.scale(),
            part.softCap().orElse(0));
    if (hooks.wants(Site.SCORES, layer)) {
      scores = hooks.edges(Site.SCORES, layer, scores, group, rows);
    }
    NDArray pattern = Operations.SCRIPT.call(inner, "pattern", scores);
    return hooks.wants(Site.PATTERN, layer)
        ? hooks.edges(Site.PATTERN, layer, pattern, group, rows)
        : pattern;
  }
}
