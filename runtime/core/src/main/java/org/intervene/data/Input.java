package org.intervene.data;

/**
 * What a run reads.
 *
 * @param tokens [pos], what is prepended included
 */
public record Input(int[] tokens) {}
