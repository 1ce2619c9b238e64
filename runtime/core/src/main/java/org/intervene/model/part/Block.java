package org.intervene.model.part;

import java.util.Optional;

/**
 * One layer.
 *
 * @param attnNorm norm of what attention reads
 * @param attnPostNorm norm of what attention gives, before it is added
 * @param attnSumNorm norm of the residual stream after attention was added to it
 * @param mlpNorm norm of what the MLP reads; absent in a parallel block that shares {@code
 *     attnNorm}
 * @param mlpPostNorm norm of what the MLP gives, before it is added
 * @param mlpSumNorm norm of the residual stream after the MLP was added to it
 * @param residualScale factor on what attention and MLP add
 * @param addsToNormed whether attention and MLP are added to the norm of the residual stream that
 *     they read, and not to the stream itself
 */
public record Block(
    Flow flow,
    Optional<Norm> attnNorm,
    Attention attention,
    Optional<Norm> attnPostNorm,
    Optional<Norm> attnSumNorm,
    Optional<Norm> mlpNorm,
    FeedForward mlp,
    Optional<Norm> mlpPostNorm,
    Optional<Norm> mlpSumNorm,
    double residualScale,
    boolean addsToNormed) {

  /** How attention and MLP are wired to the residual stream. */
  public enum Flow {
    /** The MLP reads what attention left. */
    SEQUENTIAL,
    /** Both read what enters the block. */
    PARALLEL
  }

  /** A sequential block with a norm before attention and one before the MLP. */
  public static Block preNorm(Norm attnNorm, Attention attention, Norm mlpNorm, FeedForward mlp) {
    return of(Flow.SEQUENTIAL, Optional.of(attnNorm), attention, Optional.of(mlpNorm), mlp);
  }

  /**
   * A parallel block.
   *
   * @param mlpNorm absent where attention and MLP share one norm
   */
  public static Block parallel(
      Norm attnNorm, Attention attention, Optional<Norm> mlpNorm, FeedForward mlp) {
    return of(Flow.PARALLEL, Optional.of(attnNorm), attention, mlpNorm, mlp);
  }

  /** A sequential block without any norm. */
  public static Block bare(Attention attention, FeedForward mlp) {
    return of(Flow.SEQUENTIAL, Optional.empty(), attention, Optional.empty(), mlp);
  }

  private static Block of(
      Flow flow,
      Optional<Norm> attnNorm,
      Attention attention,
      Optional<Norm> mlpNorm,
      FeedForward mlp) {
    return new Block(
        flow,
        attnNorm,
        attention,
        Optional.empty(),
        Optional.empty(),
        mlpNorm,
        mlp,
        Optional.empty(),
        Optional.empty(),
        1,
        false);
  }

  /** With norms of what attention and MLP give. */
  public Block withPostNorms(Norm ofAttn, Norm ofMlp) {
    return new Block(
        flow,
        attnNorm,
        attention,
        Optional.of(ofAttn),
        attnSumNorm,
        mlpNorm,
        mlp,
        Optional.of(ofMlp),
        mlpSumNorm,
        residualScale,
        addsToNormed);
  }

  /** With norms of the residual stream behind each addition. */
  public Block withSumNorms(Norm afterAttn, Norm afterMlp) {
    return new Block(
        flow,
        attnNorm,
        attention,
        attnPostNorm,
        Optional.of(afterAttn),
        mlpNorm,
        mlp,
        mlpPostNorm,
        Optional.of(afterMlp),
        residualScale,
        addsToNormed);
  }

  /** With a factor on what is added. */
  public Block withResidualScale(double factor) {
    return new Block(
        flow,
        attnNorm,
        attention,
        attnPostNorm,
        attnSumNorm,
        mlpNorm,
        mlp,
        mlpPostNorm,
        mlpSumNorm,
        factor,
        addsToNormed);
  }

  /** With the residual stream replaced by its norm at each addition. */
  public Block addingToNormed() {
    return new Block(
        flow,
        attnNorm,
        attention,
        attnPostNorm,
        attnSumNorm,
        mlpNorm,
        mlp,
        mlpPostNorm,
        mlpSumNorm,
        residualScale,
        true);
  }
}
