package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
   * @param q [row, head, d_head]
   * @param k after rotary embedding, [row, kv_head, d_head]
   * @param v [row, kv_head, d_head]
   * @return [row, head, d_head]
   */
  NDArray apply(
      NDManager scope, NDArray q, NDArray k, NDArray v, Rows rows, Prefix prefix, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      List<Group> groups = rows.groups();
      int[] order = groups.stream().flatMapToInt(g -> IntStream.of(g.index())).toArray();
      NDArray queries = picked(inner, q, order);
      NDArray keys = sources(inner, Site.K_ROT, k, groups, order, prefix);
      NDArray values = sources(inner, Site.V, v, groups, order, prefix);
      NDArray z =
          isStepwise(hooks)
              ? stepwise(inner, queries, keys, values, groups, rows, hooks)
              : atOnce(inner, queries, keys, values, groups);
      NDArray own = picked(inner, z, inverse(order));
      Home.keep(scope, own);
      return own;
    }
  }

  private boolean isStepwise(Hooks hooks) {
    return hooks.wants(Site.SCORES, layer)
        || hooks.wants(Site.PATTERN, layer)
        || part.softCap().isPresent();
  }

  /** Keys or values of every segment from position 0 on, in the groups' order. */
  private NDArray sources(
      NDManager inner, Site site, NDArray own, List<Group> groups, int[] order, Prefix prefix) {
    if (groups.stream().allMatch(g -> g.first() == 0)) {
      return picked(inner, own, order);
    }
    Prefix.Earlier earlier = prefix.of(inner, site, layer, groups);
    int start = Math.toIntExact(earlier.pool().getShape().get(0));
    NDArray all =
        Operations.SCRIPT.call(inner, "cat", (Object) new NDArray[] {earlier.pool(), own});
    int[] index =
        IntStream.range(0, groups.size())
            .flatMap(g -> sources(groups.get(g), earlier.index()[g], start))
            .toArray();
    return Operations.SCRIPT.call(inner, "rows", all, inner.create(index));
  }

  private static IntStream sources(Group group, int[] earlier, int start) {
    return IntStream.range(0, group.segments().length)
        .flatMap(
            s ->
                IntStream.concat(
                    IntStream.range(s * group.first(), (s + 1) * group.first())
                        .map(i -> earlier[i]),
                    IntStream.range(s * group.rows(), (s + 1) * group.rows())
                        .map(i -> start + group.index()[i])));
  }

  private static NDArray picked(NDManager scope, NDArray x, int[] rows) {
    boolean counted = IntStream.range(0, rows.length).allMatch(i -> rows[i] == i);
    return counted ? x : Operations.SCRIPT.call(scope, "rows", x, scope.create(rows));
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  private NDArray atOnce(NDManager inner, NDArray q, NDArray k, NDArray v, List<Group> groups) {
    boolean always = part.window().isPresent() || slopes.isPresent();
    boolean sometimes = groups.stream().anyMatch(g -> g.first() > 0 && g.rows() > 1);
    NDArray[] bias =
        always || sometimes ? new NDArray[] {additive(inner, q, groups)} : new NDArray[0];
    long[] shapes =
        groups.stream()
            .flatMapToInt(g -> IntStream.of(g.segments().length, g.first(), g.rows()))
            .asLongStream()
            .toArray();
    return Operations.SCRIPT.call(
        inner, "attend", q, k, v, shapes, bias, always, part.causal(), part.scale());
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
      NDManager inner,
      NDArray q,
      NDArray k,
      NDArray v,
      List<Group> groups,
      Rows rows,
      Hooks hooks) {
    NDArray[] parts = new NDArray[groups.size()];
    int row = 0;
    int source = 0;
    for (int g = 0; g < parts.length; g++) {
      Group group = groups.get(g);
      int segments = group.segments().length;
      NDArray queries = segments(inner, q, row, segments, group.rows());
      NDArray keys = segments(inner, k, source, segments, group.sources());
      NDArray values = segments(inner, v, source, segments, group.sources());
      NDArray pattern = pattern(inner, queries, keys, group, rows, hooks);
      parts[g] = Operations.SCRIPT.call(inner, "mixed", pattern, values);
      row += segments * group.rows();
      source += segments * group.sources();
    }
    return Operations.SCRIPT.call(inner, "cat", (Object) parts);
  }

  private static NDArray segments(NDManager inner, NDArray x, int first, int segments, int rows) {
    return Operations.SCRIPT.call(inner, "segments", x, first, segments, rows);
  }

  private NDArray pattern(
      NDManager inner, NDArray q, NDArray k, Group group, Rows rows, Hooks hooks) {
    NDArray scores =
        Operations.SCRIPT.call(
            inner,
            "scores",
            q,
            k,
            alibi(inner, q, group.sources()),
            mask(inner, q, group.first(), group.rows()),
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
