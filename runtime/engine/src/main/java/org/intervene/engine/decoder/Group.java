package org.intervene.engine.decoder;

/**
 * Segments of equal shape, whose attention is one batched product.
 *
 * @param first position of the first row of each
 * @param rows rows of each
 * @param length tokens of the whole inputs if that matters to the model, else 0
 * @param segments indices into {@link Rows#segments()}
 * @param index rows of all its segments, one segment after the other
 */
public record Group(int first, int rows, int length, int[] segments, int[] index) {}
