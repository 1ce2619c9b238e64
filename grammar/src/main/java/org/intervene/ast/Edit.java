package org.intervene.ast;

import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Span;

/** A change to a slice x of a site; edits apply in written order. */
public sealed interface Edit extends Statement {

  /** {@code zero S}: 0. */
  record Zero(Span span, SiteRef site) implements Edit {}

  /** {@code mean S over DATA by pos}: the mean over the data's unedited activations. */
  record Mean(Span span, SiteRef site, DataRef over, Optional<By> by) implements Edit {}

  /** What a mean keeps apart. */
  enum By {
    POS,
    TOKEN
  }

  /**
   * {@code resample S from DATA seed 1}: another example's activation, drawn without replacement.
   */
  record Resample(Span span, SiteRef site, DataRef from, Expr seed) implements Edit {}

  /**
   * {@code patch S from RUN [S2 @ p2]}: the run's value, at the same slice or at another where
   * shapes agree.
   */
  record Patch(Span span, SiteRef site, Word run, Optional<SiteRef> source) implements Edit {}

  /** {@code add S from RUN}: x plus the run's value. */
  record AddRun(Span span, SiteRef site, Word run) implements Edit {}

  /** {@code subtract S from RUN}: x minus the run's value. */
  record SubtractRun(Span span, SiteRef site, Word run) implements Edit {}

  /** {@code steer S by V * c}: x + c v; the expression is linear in named vectors. */
  record Steer(Span span, SiteRef site, Expr by) implements Edit {}

  /** {@code scale S by c}: c x. */
  record Scale(Span span, SiteRef site, Expr by) implements Edit {}

  /** {@code set S to V}: a vector or a number. */
  record Set(Span span, SiteRef site, Expr to) implements Edit {}

  /** {@code noise S sigma s seed n}: x + s times standard normal noise. */
  record Noise(Span span, SiteRef site, Expr sigma, Expr seed) implements Edit {}

  /** {@code ablate S along V}: x without its component along V. */
  record Ablate(Span span, SiteRef site, Expr along) implements Edit {}

  /** {@code clamp S to lo..hi}: min(max(x, lo), hi). */
  record Clamp(Span span, SiteRef site, Expr low, Expr high) implements Edit {}

  /**
   * {@code knock out pattern[l].head[h] @ dst <- src}: score minus infinity, so that the rest
   * renormalises.
   */
  record KnockOut(Span span, SiteRef site) implements Edit {}

  /** {@code freeze S from RUN}: the run's value, whatever happens upstream. */
  record Freeze(Span span, SiteRef site, Word run) implements Edit {}

  /** {@code skip attn[l]}: the part's contribution to the residual stream is left out. */
  record Skip(Span span, Part part, Selection layers) implements Edit {}

  /** What can be skipped. */
  enum Part {
    BLOCK,
    ATTN,
    MLP
  }

  /** {@code EDIT except S, S2}: the edit without part of what it selects. */
  record Except(Span span, Edit edit, List<SiteRef> excluded) implements Edit {
    public Except {
      excluded = List.copyOf(excluded);
    }
  }
}
