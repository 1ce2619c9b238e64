package org.intervene.model.part;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How tokens become the residual stream: norm(project(tokens) * scale + positions + constant).
 *
 * @param tokens [vocab, width]
 * @param project [d_model, width] where tokens are embedded narrower than the stream
 * @param scale factor on the token embedding
 * @param positions [position, d_model]
 * @param positionOffset row of {@code positions} that position 0 reads
 * @param padding a token that does not count as a position: it reads the row before the first, as
 *     RoBERTa does
 * @param constant [1, d_model], added to every row: the embedding of the only segment of an encoder
 * @param norm of the sum
 */
public record Embedding(
    TensorRef tokens,
    Optional<Linear> project,
    double scale,
    Optional<TensorRef> positions,
    int positionOffset,
    OptionalInt padding,
    Optional<TensorRef> constant,
    Optional<Norm> norm) {

  /** Token embeddings and nothing else. */
  public static Embedding plain(TensorRef tokens) {
    return scaled(tokens, 1);
  }

  /** Token embeddings times a factor. */
  public static Embedding scaled(TensorRef tokens, double scale) {
    return new Embedding(
        tokens,
        Optional.empty(),
        scale,
        Optional.empty(),
        0,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** With learned positions. */
  public Embedding withPositions(TensorRef rows, int offset) {
    return new Embedding(
        tokens, project, scale, Optional.of(rows), offset, padding, constant, norm);
  }

  /** With a norm of the sum. */
  public Embedding withNorm(Norm ofSum) {
    return new Embedding(
        tokens, project, scale, positions, positionOffset, padding, constant, Optional.of(ofSum));
  }

  /** With token embeddings that are projected to the width of the stream. */
  public Embedding withProjection(Linear toStream) {
    return new Embedding(
        tokens, Optional.of(toStream), scale, positions, positionOffset, padding, constant, norm);
  }

  /** With a constant row. */
  public Embedding withConstant(TensorRef row) {
    return new Embedding(
        tokens, project, scale, positions, positionOffset, padding, Optional.of(row), norm);
  }

  /** With a token that does not count as a position. */
  public Embedding withPadding(int token) {
    return new Embedding(
        tokens, project, scale, positions, positionOffset, OptionalInt.of(token), constant, norm);
  }
}
