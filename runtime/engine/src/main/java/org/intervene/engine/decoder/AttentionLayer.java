package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.intervene.engine.script.Tensors;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.model.part.Attention;

/** Attention of one layer: from what it reads to what each head gives. */
final class AttentionLayer {
  private final int layer;
  private final Attention part;
  private final Projection qkv;
  private final Projection out;
  private final Optional<Normalisation> qNorm;
  private final Optional<Normalisation> kNorm;
  private final Optional<RotaryTables> rotary;
  private final Optional<NDArray> slopes;

  AttentionLayer(int layer, Attention part, WeightLoader weights, Dtype dtype, NDManager owner) {
    this.layer = layer;
    this.part = part;
    this.qkv = Projection.of(weights, part.q(), part.k(), part.v());
    this.out = Projection.of(weights, part.out());
    this.qNorm = Normalisation.of(part.qNorm(), weights);
    this.kNorm = Normalisation.of(part.kNorm(), weights);
    this.rotary = part.rotary().map(r -> new RotaryTables(r, dtype, owner));
    this.slopes = part.alibi().map(a -> Tensors.of(owner, a.slopes(), Dtype.FLOAT64, part.heads()));
  }

  Attention part() {
    return part;
  }

  /**
   * What the heads give, before the output projection and before the hook at {@code z}.
   *
   * @param x what attention reads, [row, d_model]
   * @return [row, head, d_head]
   */
  NDArray heads(NDManager scope, NDArray x, Rows rows, Prefix prefix, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray all = qkv.apply(inner, x);
      if (part.clip().isPresent()) {
        all = Operations.SCRIPT.call(inner, "clip", all, part.clip().getAsDouble());
      }
      NDArray q = hooked(Site.Q, split(inner, all, 0, part.heads()), rows, hooks);
      NDArray k = hooked(Site.K, split(inner, all, part.heads(), part.kvHeads()), rows, hooks);
      NDArray v =
          hooked(
              Site.V,
              split(inner, all, part.heads() + part.kvHeads(), part.kvHeads()),
              rows,
              hooks);
      q = normed(inner, qNorm, q);
      k = normed(inner, kNorm, k);
      if (rotary.isPresent()) {
        NDArray[] tables = rotary.get().of(inner, rows);
        q = rotary.get().turn(inner, q, tables);
        k = rotary.get().turn(inner, k, tables);
      }
      q = hooked(Site.Q_ROT, q, rows, hooks);
      k = hooked(Site.K_ROT, k, rows, hooks);
      return mixed(scope, inner, q, k, v, rows, prefix, hooks);
    }
  }

  private NDArray split(NDManager scope, NDArray all, int firstHead, int heads) {
    return Operations.SCRIPT.call(
        scope, "heads", all, firstHead * part.dHead(), heads, part.dHead());
  }

  private NDArray hooked(Site site, NDArray value, Rows rows, Hooks hooks) {
    return hooks.wants(site, layer) ? hooks.rows(site, layer, value, rows) : value;
  }

  private NDArray normed(NDManager scope, Optional<Normalisation> norm, NDArray x) {
    if (norm.isEmpty()) {
      return x;
    }
    if (part.normPerHead()) {
      return norm.get().apply(scope, x);
    }
    return norm.get().apply(scope, x.reshape(x.getShape().get(0), -1)).reshape(x.getShape());
  }

  private NDArray mixed(
      NDManager scope,
      NDManager inner,
      NDArray q,
      NDArray k,
      NDArray v,
      Rows rows,
      Prefix prefix,
      Hooks hooks) {
    List<Group> groups = rows.groups(false);
    NDArray[] parts = new NDArray[groups.size()];
    int[] order = new int[rows.count()];
    int next = 0;
    for (int g = 0; g < parts.length; g++) {
      Group group = groups.get(g);
      parts[g] = group(inner, q, k, v, group, rows, prefix, hooks, groups.size() == 1);
      for (int row : group.index()) {
        order[row] = next++;
      }
    }
    return Operations.SCRIPT.call(scope, "regathered", parts, index(inner, order));
  }

  /** Row numbers as a list of one tensor, or of none if they are just counted up. */
  private static NDArray[] index(NDManager scope, int[] rows) {
    boolean counted = IntStream.range(0, rows.length).allMatch(i -> rows[i] == i);
    return counted ? new NDArray[0] : new NDArray[] {scope.create(rows)};
  }

  /** Attention of equally shaped segments, [segments x rows, head, d_head]. */
  private NDArray group(
      NDManager inner,
      NDArray q,
      NDArray k,
      NDArray v,
      Group group,
      Rows rows,
      Prefix prefix,
      Hooks hooks,
      boolean only) {
    NDArray[] index =
        only ? index(inner, group.index()) : new NDArray[] {inner.create(group.index())};
    int segments = group.segments().length;
    NDArray queries = Operations.SCRIPT.call(inner, "grouped", q, index, segments);
    NDArray keys = Operations.SCRIPT.call(inner, "grouped", k, index, segments);
    NDArray values = Operations.SCRIPT.call(inner, "grouped", v, index, segments);
    if (group.first() > 0) {
      NDArray[] earlier = prefix.of(inner, layer, group);
      keys = Operations.SCRIPT.call(inner, "extended", new NDArray[] {earlier[0]}, keys);
      values = Operations.SCRIPT.call(inner, "extended", new NDArray[] {earlier[1]}, values);
    }
    boolean step =
        hooks.wants(Site.SCORES, layer)
            || hooks.wants(Site.PATTERN, layer)
            || part.softCap().isPresent();
    NDArray z =
        step
            ? stepwise(inner, queries, keys, values, group, rows, hooks)
            : atOnce(inner, queries, keys, values, group);
    return Operations.SCRIPT.call(inner, "ungrouped", z);
  }

  private NDArray atOnce(NDManager inner, NDArray q, NDArray k, NDArray v, Group group) {
    boolean causal = part.causal() && group.rows() > 1;
    boolean plain = group.first() == 0 && part.window().isEmpty() && slopes.isEmpty();
    boolean all =
        plain
            || (group.rows() == 1 && part.window().isEmpty() && slopes.isEmpty() && part.causal());
    NDArray[] bias = all ? new NDArray[0] : new NDArray[] {additive(inner, q, group)};
    return Operations.SCRIPT.call(inner, "attend", q, k, v, bias, causal && all, part.scale());
  }

  /** Mask and linear biases in one additive tensor. */
  private NDArray additive(NDManager inner, NDArray q, Group group) {
    return Operations.SCRIPT.call(
        inner, "additive", mask(inner, q, group), alibi(inner, q, group), q);
  }

  private NDArray mask(NDManager inner, NDArray q, Group group) {
    return Operations.SCRIPT.call(
        inner, "mask", group.first(), group.rows(), part.window().orElse(0), part.causal(), q);
  }

  private NDArray[] alibi(NDManager inner, NDArray q, Group group) {
    return slopes
        .map(
            s ->
                new NDArray[] {
                  Operations.SCRIPT.call(
                      inner,
                      "alibi",
                      s,
                      group.first() + group.rows(),
                      part.alibi().orElseThrow().bfloat16(),
                      part.alibi().orElseThrow().factor(),
                      q)
                })
        .orElseGet(() -> new NDArray[0]);
  }

  private NDArray stepwise(
      NDManager inner, NDArray q, NDArray k, NDArray v, Group group, Rows rows, Hooks hooks) {
    NDArray scores =
        Operations.SCRIPT.call(
            inner,
            "scores",
            q,
            k,
            alibi(inner, q, group),
            mask(inner, q, group),
            part.scale(),
            part.softCap().orElse(0));
    if (hooks.wants(Site.SCORES, layer)) {
      scores = hooks.edges(Site.SCORES, layer, scores, group, rows);
    }
    NDArray pattern = Operations.SCRIPT.call(inner, "pattern", scores);
    if (hooks.wants(Site.PATTERN, layer)) {
      pattern = hooks.edges(Site.PATTERN, layer, pattern, group, rows);
    }
    return Operations.SCRIPT.call(inner, "mixed", pattern, v);
  }

  /**
   * The output projection.
   *
   * @param z [row, head, d_head], after its hook
   * @return [row, d_model]
   */
  NDArray output(NDManager scope, NDArray z) {
    return out.apply(scope, Operations.SCRIPT.call(scope, "flat", z));
  }

  /** The output projection of each head alone, without the bias, [row, head, d_model]. */
  NDArray byHeads(NDManager scope, NDArray z) {
    return Operations.SCRIPT.call(scope, "head_out", z, out.weight(scope));
  }

  /** The bias of the output projection, [d_model], or none. */
  NDArray[] outputBias() {
    return out.bias();
  }
}
