package org.intervene.model.part;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Attention of one layer. Query head h reads key and value head h / (heads / kvHeads).
 *
 * @param q [head * d_head, d_model]
 * @param k [kv_head * d_head, d_model]
 * @param v [kv_head * d_head, d_model]
 * @param out [d_model, head * d_head]
 * @param scale factor on q k
 * @param qNorm norm of q, after the projection and before rotary
 * @param normPerHead whether q and k norms see one head or all heads at once
 * @param softCap c: scores become c tanh(score / c)
 * @param window a query sees itself and this many minus one positions before it; empty means all
 * @param clip q, k and v are clamped to plus or minus this
 * @param causal whether a query sees no later position
 */
public record Attention(
    int heads,
    int kvHeads,
    int dHead,
    Linear q,
    Linear k,
    Linear v,
    Linear out,
    double scale,
    Optional<Norm> qNorm,
    Optional<Norm> kNorm,
    boolean normPerHead,
    Optional<Rotary> rotary,
    Optional<Alibi> alibi,
    OptionalDouble softCap,
    OptionalInt window,
    OptionalDouble clip,
    boolean causal) {

  /** Causal attention over all positions with nothing but its four projections. */
  public static Attention plain(
      int heads, int kvHeads, int dHead, Linear q, Linear k, Linear v, Linear out, double scale) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        true);
  }

  /** Whether q and k change between projection and scores. */
  public boolean turns() {
    return rotary.isPresent() || qNorm.isPresent() || kNorm.isPresent();
  }

  /** With a rotary embedding. */
  public Attention with(Optional<Rotary> turning) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        turning,
        alibi,
        softCap,
        window,
        clip,
        causal);
  }

  /** With linear biases. */
  public Attention with(Alibi biases) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        rotary,
        Optional.of(biases),
        softCap,
        window,
        clip,
        causal);
  }

  /** With norms of q and k. */
  public Attention withNorms(Norm ofQ, Norm ofK, boolean perHead) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        Optional.of(ofQ),
        Optional.of(ofK),
        perHead,
        rotary,
        alibi,
        softCap,
        window,
        clip,
        causal);
  }

  /** With a sliding window. */
  public Attention withWindow(OptionalInt positions) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        rotary,
        alibi,
        softCap,
        positions,
        clip,
        causal);
  }

  /** With a soft cap on scores. */
  public Attention withSoftCap(OptionalDouble cap) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        rotary,
        alibi,
        cap,
        window,
        clip,
        causal);
  }

  /** With q, k and v clamped. */
  public Attention withClip(OptionalDouble bound) {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        rotary,
        alibi,
        softCap,
        window,
        bound,
        causal);
  }

  /** Where every query sees every position. */
  public Attention bidirectional() {
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        qNorm,
        kNorm,
        normPerHead,
        rotary,
        alibi,
        softCap,
        window,
        clip,
        false);
  }
}
