package org.intervene.plan;

/** A number wanted from a cell. Logarithms are natural; positions are resolved. */
public sealed interface Read {
  /** Logit of a token. */
  record Logit(int position, int token) implements Read {}

  /** Log-probability of a token. */
  record LogProb(int position, int token) implements Read {}

  /** How many tokens have a strictly higher logit: 0 is the top. */
  record Rank(int position, int token) implements Read {}

  /** Id of the token with the highest logit; of equal ones the smallest id. */
  record Top1(int position) implements Read {}

  /** Entropy of the next-token distribution, in nats. */
  record Entropy(int position) implements Read {}

  /** Mean cross-entropy of the input's own next tokens, in nats. */
  record Loss() implements Read {}

  /** KL(this || other) between next-token distributions, in nats. */
  record Kl(int position, int cell, int otherPosition) implements Read {}

  /** Jensen-Shannon divergence with equal weights, in nats. */
  record Js(int position, int cell, int otherPosition) implements Read {}

  /** Euclidean norm of everything in the slice. */
  record Norm(Slice slice) implements Read {}

  /** Inner product of a slice at one position with a vector. */
  record Dot(Slice slice, int vector) implements Read {}

  /** Cosine of the angle between a slice at one position and a vector. */
  record Cos(Slice slice, int vector) implements Read {}

  /** One entry of an attention pattern. */
  record Attention(int layer, int head, int position, int source) implements Read {}

  /** Logit of a token when the final norm and the unembedding read {@code resid_post[layer]}. */
  record Lens(int layer, int position, int token) implements Read {}
}
