package org.intervene.model.part;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
    return changed(parts -> parts.rotary = turning);
  }

  /** With linear biases. */
  public Attention with(Alibi biases) {
    return changed(parts -> parts.alibi = Optional.of(biases));
  }

  /** With norms of q and k. */
  public Attention withNorms(Norm ofQ, Norm ofK, boolean perHead) {
    return changed(
        parts -> {
          parts.qNorm = Optional.of(ofQ);
          parts.kNorm = Optional.of(ofK);
          parts.normPerHead = perHead;
        });
  }

  /** With a sliding window. */
  public Attention withWindow(OptionalInt positions) {
    return changed(parts -> parts.window = positions);
  }

  /** With a soft cap on scores. */
  public Attention withSoftCap(OptionalDouble cap) {
    return changed(parts -> parts.softCap = cap);
  }

  /** With q, k and v clamped. */
  public Attention withClip(OptionalDouble bound) {
    return changed(parts -> parts.clip = bound);
  }

  /** Where every query sees every position. */
  public Attention bidirectional() {
    return changed(parts -> parts.causal = false);
  }

  private Attention changed(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return new Attention(
        heads,
        kvHeads,
        dHead,
        q,
        k,
        v,
        out,
        scale,
        parts.qNorm,
        parts.kNorm,
        parts.normPerHead,
        parts.rotary,
        parts.alibi,
        parts.softCap,
        parts.window,
        parts.clip,
        parts.causal);
  }

  /** What families differ in, while it is being changed. */
  private static final class Parts {
    private Optional<Norm> qNorm;
    private Optional<Norm> kNorm;
    private boolean normPerHead;
    private Optional<Rotary> rotary;
    private Optional<Alibi> alibi;
    private OptionalDouble softCap;
    private OptionalInt window;
    private OptionalDouble clip;
    private boolean causal;

    Parts(Attention from) {
      this.qNorm = from.qNorm;
      this.kNorm = from.kNorm;
      this.normPerHead = from.normPerHead;
      this.rotary = from.rotary;
      this.alibi = from.alibi;
      this.softCap = from.softCap;
      this.window = from.window;
      this.clip = from.clip;
      this.causal = from.causal;
    }
  }
}
