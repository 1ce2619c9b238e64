package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.intervene.engine.decoder.PassIndices.Use;
import org.intervene.engine.script.Home;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.model.part.Block;

/**
 * One block, in steps at which a pass can be entered: {@link #attend} to {@code z}, {@link #mix} to
 * {@code resid_mid}, {@link #feed} to {@code resid_post}. The hooks of a value that a step gives
 * are called by the step that takes it, so that rows that join there see them too.
 */
public final class BlockLayers {
  private final int layer;
  private final Home home;
  private final Block part;
  private final Optional<Normalisation> attnNorm;
  private final AttentionLayer attention;
  private final Optional<Normalisation> attnPostNorm;
  private final Optional<Normalisation> attnSumNorm;
  private final Optional<Normalisation> mlpNorm;
  private final FeedForwardLayer mlp;
  private final Optional<Normalisation> mlpPostNorm;
  private final Optional<Normalisation> mlpSumNorm;

  /**
   * Loads its weights.
   *
   * @param last whether it is the last block, in which some rows may not ask
   */
  BlockLayers(
      int layer, Block part, boolean last, WeightLoader weights, Dtype dtype, NDManager owner) {
    this.layer = layer;
    this.home = Home.of(owner);
    this.part = part;
    this.attnNorm = Normalisation.of(part.attnNorm(), weights);
    this.attention = new AttentionLayer(layer, part.attention(), last, weights, dtype, owner);
    this.attnPostNorm = Normalisation.of(part.attnPostNorm(), weights);
    this.attnSumNorm = Normalisation.of(part.attnSumNorm(), weights);
    this.mlpNorm = Normalisation.of(part.mlpNorm(), weights);
    this.mlp = FeedForwardLayer.of(layer, part.mlp(), weights);
    this.mlpPostNorm = Normalisation.of(part.mlpPostNorm(), weights);
    this.mlpSumNorm = Normalisation.of(part.mlpSumNorm(), weights);
  }

  /** Where the block is: what its steps need and give is there. */
  public Home home() {
    return home;
  }

  /** Whether attention and MLP read the same residual, so that there is no {@code resid_mid}. */
  public boolean parallel() {
    return part.flow() == Block.Flow.PARALLEL;
  }

  /**
   * What comes out of attention.
   *
   * @param resid {@code resid_pre} after its hook, [row, d_model]
   * @param z before its hook, [row, head, d_head]
   */
  public record Attended(NDArray resid, NDArray z) {}

  /**
   * From {@code resid_pre} before its hook to {@code z} before its hook.
   *
   * @param keep rows that go past attention, ascending; null means all. The others are attended to,
   *     and ask nothing unless somebody looks at what they see
   * @param own rows whose queries, keys and values are computed, ascending; null means all. Those
   *     of the others are found by the prefix
   * @return of the kept rows
   */
  public Attended attend(
      NDManager scope,
      NDArray resid,
      Rows rows,
      int[] keep,
      int[] own,
      Prefix prefix,
      Hooks hooks) {
    NDArray x = hooked(Site.RESID_PRE, resid, rows, hooks);
    boolean some = keep != null && keep.length < rows.count();
    Arrangement by = arrangement(rows, some && !attention.looksAtQueries(hooks) ? keep : null, own);
    NDArray input = hooked(Site.ATTN_IN, input(scope, x, by), by.computed().of(rows), hooks);
    NDArray z = attention.heads(scope, input, rows, by, prefix, hooks);
    if (!some) {
      return new Attended(x, z);
    }
    NDArray index = rows.index(scope, Use.KEPT, keep);
    return new Attended(
        Operations.SCRIPT.call(scope, "rows", x, index),
        by.isPartial() ? z : Operations.SCRIPT.call(scope, "rows", z, index));
  }

  private static Arrangement arrangement(Rows rows, int[] asking, int[] own) {
    if (asking == null && own == null) {
      return rows.arrangement();
    }
    Computed computed = Computed.of(rows, own);
    return asking == null ? Arrangement.of(rows, computed) : Arrangement.of(rows, asking, computed);
  }

  /** What attention reads, of the rows that are computed. */
  private NDArray input(NDManager scope, NDArray x, Arrangement by) {
    if (by.computed().isAll()) {
      return normed(scope, attnNorm, x);
    }
    NDArray some = Decoder.rows(scope, x, by.computed().rows());
    if (attnNorm.isEmpty()) {
      return some;
    }
    try (some) {
      return attnNorm.get().apply(scope, some);
    }
  }

  /** From {@code z} before its hook to {@code attn_out} after its hook. */
  private NDArray attnOut(NDManager scope, NDArray z, Rows rows, Hooks hooks) {
    NDArray each = hooked(Site.Z, z, rows, hooks);
    NDArray out =
        hooks.wants(Site.HEAD_OUT, layer)
            ? sumOfHeads(scope, each, rows, hooks)
            : scaled(scope, normed(scope, attnPostNorm, attention.output(scope, each)));
    return hooked(Site.ATTN_OUT, out, rows, hooks);
  }

  /**
   * The same as a sum over heads, each of which is multiplied by what a norm or factor behind them
   * multiplies their sum by.
   */
  private NDArray sumOfHeads(NDManager scope, NDArray z, Rows rows, Hooks hooks) {
    NDArray each = attention.byHeads(scope, z);
    NDArray[] rest = attention.outputBias().clone();
    if (attnPostNorm.isPresent()) {
      NDArray[] shares = attnPostNorm.get().shares(scope, each, rest);
      each = shares[0];
      rest = new NDArray[] {shares[1]};
    }
    each = hooked(Site.HEAD_OUT, scaled(scope, each), rows, hooks);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = scaled(scope, rest[i]);
    }
    return Operations.SCRIPT.call(scope, "sum_heads", each, rest);
  }

  /** From {@code z} before its hook to {@code resid_mid} before its hook. */
  public NDArray mix(NDManager scope, NDArray resid, NDArray z, Rows rows, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray base = part.addsToNormed() ? normed(inner, attnNorm, resid) : resid;
      return sum(scope, inner, attnSumNorm, base, attnOut(inner, z, rows, hooks));
    }
  }

  /** From {@code resid_mid} before its hook to {@code resid_post} before its hook. */
  public NDArray feed(NDManager scope, NDArray resid, Rows rows, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray mid = hooked(Site.RESID_MID, resid, rows, hooks);
      NDArray input = normed(inner, mlpNorm, mid);
      NDArray base = part.addsToNormed() ? input : mid;
      return sum(scope, inner, mlpSumNorm, base, mlpOut(inner, input, rows, hooks));
    }
  }

  private static NDArray sum(
      NDManager scope,
      NDManager inner,
      Optional<Normalisation> norm,
      NDArray resid,
      NDArray added) {
    return norm.isPresent()
        ? norm.get().apply(scope, Operations.SCRIPT.call(inner, "add", resid, added))
        : Operations.SCRIPT.call(scope, "add", resid, added);
  }

  private NDArray mlpOut(NDManager scope, NDArray normed, Rows rows, Hooks hooks) {
    NDArray input = hooked(Site.MLP_IN, normed, rows, hooks);
    NDArray out = normed(scope, mlpPostNorm, mlp.apply(scope, input, rows, hooks));
    return hooked(Site.MLP_OUT, scaled(scope, out), rows, hooks);
  }

  /** From {@code z} before its hook to {@code resid_post} before its hook, in a parallel block. */
  public NDArray parallel(NDManager scope, Attended attended, Rows rows, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray attn = attnOut(inner, attended.z(), rows, hooks);
      NDArray input =
          mlpNorm.isPresent()
              ? mlpNorm.get().apply(inner, attended.resid())
              : normed(inner, attnNorm, attended.resid());
      NDArray sum = Operations.SCRIPT.call(inner, "add", attended.resid(), attn);
      return Operations.SCRIPT.call(scope, "add", sum, mlpOut(inner, input, rows, hooks));
    }
  }

  /**
   * The whole block.
   *
   * @param keep rows that go past attention; null means all
   * @return {@code resid_post} before its hook, [kept row, d_model]
   */
  public NDArray whole(
      NDManager scope, NDArray resid, Rows rows, Prefix prefix, Hooks hooks, int[] keep) {
    try (NDManager inner = scope.newSubManager()) {
      Attended attended = attend(inner, resid, rows, keep, null, prefix, hooks);
      Rows left = keep == null ? rows : rows.keep(keep);
      if (parallel()) {
        return parallel(scope, attended, left, hooks);
      }
      return feed(scope, mix(inner, attended.resid(), attended.z(), left, hooks), left, hooks);
    }
  }

  private NDArray hooked(Site site, NDArray value, Rows rows, Hooks hooks) {
    return hooks.wants(site, layer) ? hooks.rows(site, layer, value, rows) : value;
  }

  private static NDArray normed(NDManager scope, Optional<Normalisation> norm, NDArray x) {
    return norm.map(n -> n.apply(scope, x)).orElse(x);
  }

  private NDArray scaled(NDManager scope, NDArray x) {
    return part.residualScale() == 1
        ? x
        : Operations.SCRIPT.call(scope, "scaled", x, part.residualScale());
  }
}
