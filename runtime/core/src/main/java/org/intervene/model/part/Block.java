package org.intervene.model.part;

import java.util.Optional;

/**
 * One layer.
 *
 * @param attnNorm norm of what attention reads
 * @param attnPostNorm norm of what attention gives, before it is added
 * @param mlpNorm norm of what the MLP reads; absent in a parallel block that shares {@code
 *     attnNorm}
 * @param mlpPostNorm norm of what the MLP gives, before it is added
 * @param residualScale factor on what attention and MLP add
 */
public record Block(
    Flow flow,
    Optional<Norm> attnNorm,
    Attention attention,
    Optional<Norm> attnPostNorm,
    Optional<Norm> mlpNorm,
    FeedForward mlp,
    Optional<Norm> mlpPostNorm,
    double residualScale) {

  /** How attention and MLP are wired to the residual stream. */
  public enum Flow {
    /** The MLP reads what attention left. */
    SEQUENTIAL,
    /** Both read what enters the block. */
    PARALLEL
  }
}
