package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.intervene.engine.decoder.PassIndices.Use;
import org.intervene.engine.weights.WeightLoader;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.model.part.Attention;

/** Attention of one layer: from what it reads to what each head gives. */
final class AttentionLayer {
  private final int layer;
  private final Attention part;
  private final Projection sources;
  private final Optional<Projection> queries;
  private final Projection out;
  private final Optional<Normalisation> qNorm;
  private final Optional<Normalisation> kNorm;
  private final Optional<RotaryTables> rotary;
  private final HeadMix mix;

  /**
   * Loads its weights.
   *
   * @param apart whether queries are a product of their own, as some rows may not ask
   */
  AttentionLayer(
      int layer,
      Attention part,
      boolean apart,
      WeightLoader weights,
      Dtype dtype,
      NDManager owner) {
    this.layer = layer;
    this.part = part;
    this.sources =
        apart
            ? Projection.of(weights, part.k(), part.v())
            : Projection.of(weights, part.q(), part.k(), part.v());
    this.queries = apart ? Optional.of(Projection.of(weights, part.q())) : Optional.empty();
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
   * @param x what attention reads, [computed row, d_model]
   * @param rows all rows
   * @param by which rows ask and which are computed
   * @return [row that asks, head, d_head]
   */
  NDArray heads(NDManager scope, NDArray x, Rows rows, Arrangement by, Prefix prefix, Hooks hooks) {
    try (NDManager inner = scope.newSubManager()) {
      Rows own = by.computed().of(rows);
      boolean apart = queries.isPresent() && by.isPartial();
      int[] asking = apart ? by.askedComputed() : null;
      NDArray all = projected(inner, sources, x);
      NDArray asked = all;
      if (queries.isPresent()) {
        asked =
            projected(
                inner,
                queries.get(),
                apart ? HeadMix.picked(inner, x, rows, Use.ASKED, asking) : x);
      }
      int heads = queries.isPresent() ? 0 : part.heads();
      NDArray q = split(inner, Site.Q, asked, 0, part.heads(), own, hooks);
      NDArray k = split(inner, Site.K, all, heads, part.kvHeads(), own, hooks);
      NDArray v = split(inner, Site.V, all, heads + part.kvHeads(), part.kvHeads(), own, hooks);
      q = normed(inner, qNorm, q);
      k = normed(inner, kNorm, k);
      if (rotary.isPresent()) {
        NDArray[] tables = rotary.get().of(inner, own);
        NDArray[] ofAsking = apart ? rotary.get().of(inner, own.keep(asking)) : tables;
        q = rotary.get().turn(inner, q, ofAsking);
        k = rotary.get().turn(inner, k, tables);
      }
      q = hooked(Site.Q_ROT, q, own, hooks);
      k = hooked(Site.K_ROT, k, own, hooks);
      NDArray ordered = mix.queries(inner, q, apart, by, rows, prefix);
      return mix.apply(scope, ordered, k, v, by, rows, prefix, hooks);
    }
  }

  private NDArray projected(NDManager inner, Projection projection, NDArray x) {
    NDArray all = projection.apply(inner, x);
    return part.clip().isPresent()
        ? Operations.SCRIPT.call(inner, "clip", all, part.clip().getAsDouble())
        : all;
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
    Shape each = x.getShape();
    NDArray flat = x.reshape(each.get(0), each.get(1) * each.get(2));
    return norm.get().apply(scope, flat).reshape(each);
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
