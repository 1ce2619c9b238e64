package org.intervene.model.part;

import java.util.Optional;

/**
 * How tokens become the residual stream.
 *
 * @param tokens [vocab, d_model]
 * @param scale factor on the token embedding
 * @param positions [position, d_model], added to it
 * @param positionOffset row of {@code positions} that position 0 reads
 */
public record Embedding(
    TensorRef tokens, double scale, Optional<TensorRef> positions, int positionOffset) {}
