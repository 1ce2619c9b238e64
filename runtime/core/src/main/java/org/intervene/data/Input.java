package org.intervene.data;

/**
 * What a model reads.
 *
 * @param tokens [pos] what the BOS policy prepends included; never changed
 * @param text what was encoded; empty for raw token ids
 * @param starts [pos] index of the first UTF-16 unit of the text that a token covers; -1 for one
 *     that covers none
 * @param ends [pos] index after the last one
 */
public record Input(int[] tokens, String text, int[] starts, int[] ends) {}
