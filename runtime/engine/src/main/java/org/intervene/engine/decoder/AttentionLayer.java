package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
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
  private final HeadMix mix;

  AttentionLayer(int layer, Attention part, WeightLoader weights, Dtype dtype, NDManager owner) {
    this.layer = layer;
    this.part = part;
    this.qkv = Projection.of(weights, part.q(), part.k(), part.v());
    this.out = Projection.of(weights, part.out());
    this.qNorm = Normalisation.of(part.qNorm(), weights);
    this.kNorm = Normalisation.of(part.kNorm(), weights);
    this.rotary = part.rotary().map(r -> new RotaryTables(r, dtype, owner));
    this.mix = new HeadMix(layer, part, owner);
  }

  Attention part() {
    return part;
  }

  /**
   * What the heads give, before the output projection and before the hook at {@code z}.
   *
   * @param x what attention reads, [row, d_model]
   * @param by which rows ask
   * @return [row that asks, head, d_head]
   */
  NDArray heads(NDManager scope, NDArray x, Rows rows, Arrangement by, Prefix prefix, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray all = qkv.apply(inner, x);
      if (part.clip().isPresent()) {
        all = Operations.SCRIPT.call(inner, "clip", all, part.clip().getAsDouble());
      }
      int kv = part.heads() + part.kvHeads();
      NDArray q = split(inner, Site.Q, all, 0, part.heads(), rows, hooks);
      NDArray k = split(inner, Site.K, all, part.heads(), part.kvHeads(), rows, hooks);
      NDArray v = split(inner, Site.V, all, kv, part.kvHeads(), rows, hooks);
      q = normed(inner, qNorm, q);
      k = normed(inner, kNorm, k);
      if (rotary.isPresent()) {
        NDArray[] tables = rotary.get().of(inner, rows);
        q = rotary.get().turn(inner, q, tables);
        k = rotary.get().turn(inner, k, tables);
      }
      q = hooked(Site.Q_ROT, q, rows, hooks);
      k = hooked(Site.K_ROT, k, rows, hooks);
      return mix.apply(scope, q, k, v, by, rows, prefix, hooks);
    }
  }

  /** Some heads; a copy of their own where somebody looks at them, else a view. */
  private NDArray split(
      NDManager scope, Site site, NDArray all, int first, int heads, Rows rows, Hooks hooks) {
    boolean seen = hooks.wants(site, layer);
    NDArray own =
        Operations.SCRIPT.call(
            scope, "heads", all, first * part.dHead(), heads, part.dHead(), seen);
    return seen ? hooks.rows(site, layer, own, rows) : own;
  }

  /** Whether anybody looks at queries or at what they see, so that all rows have to ask. */
  boolean looksAtQueries(Hooks hooks) {
    return hooks.wants(Site.Q, layer)
        || hooks.wants(Site.Q_ROT, layer)
        || hooks.wants(Site.SCORES, layer)
        || hooks.wants(Site.PATTERN, layer);
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
