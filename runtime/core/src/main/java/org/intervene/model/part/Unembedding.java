package org.intervene.model.part;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the normalised residual stream becomes logits.
 *
 * @param weight [vocab, d_model]; the embedding's own tensor where the two are tied
 * @param ownName name that the weight has or would have as a tensor of its own: some tied
 *     checkpoints hold a second copy under it
 * @param bias [vocab]
 * @param scale factor on the logits
 * @param softCap c: logits become c tanh(logit / c)
 */
public record Unembedding(
    TensorRef weight,
    String ownName,
    Optional<TensorRef> bias,
    double scale,
    OptionalDouble softCap) {}
