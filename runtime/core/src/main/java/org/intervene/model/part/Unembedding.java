package org.intervene.model.part;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the normalised residual stream becomes logits.
 *
 * @param head what happens before the product with the vocabulary
 * @param weight [vocab, width]; the embedding's own tensor where the two are tied
 * @param ownName name that the weight has or would have as a tensor of its own: some tied
 *     checkpoints hold a second copy under it
 * @param bias [vocab]
 * @param scale factor on the logits
 * @param softCap c: logits become c tanh(logit / c)
 */
public record Unembedding(
    Optional<Head> head,
    TensorRef weight,
    String ownName,
    Optional<TensorRef> bias,
    double scale,
    OptionalDouble softCap) {

  /**
   * norm(act(dense x)).
   *
   * @param dense [width, d_model]
   */
  public record Head(Linear dense, Optional<Activation> activation, Optional<Norm> norm) {}

  /** Logits are a product with one matrix. */
  public static Unembedding plain(TensorRef weight, String ownName) {
    return new Unembedding(
        Optional.empty(), weight, ownName, Optional.empty(), 1, OptionalDouble.empty());
  }

  /** Whether logits are linear in what is unembedded, caps and factors aside. */
  public boolean linear() {
    return head.flatMap(Head::activation).isEmpty() && head.flatMap(Head::norm).isEmpty();
  }

  /** With a bias for each token. */
  public Unembedding withBias(TensorRef tokens) {
    return new Unembedding(head, weight, ownName, Optional.of(tokens), scale, softCap);
  }

  /** With a factor on the logits. */
  public Unembedding withScale(double factor) {
    return new Unembedding(head, weight, ownName, bias, factor, softCap);
  }

  /** With a soft cap on the logits. */
  public Unembedding withSoftCap(OptionalDouble cap) {
    return new Unembedding(head, weight, ownName, bias, scale, cap);
  }

  /** With a head before the product. */
  public Unembedding withHead(Head before) {
    return new Unembedding(Optional.of(before), weight, ownName, bias, scale, softCap);
  }
}
