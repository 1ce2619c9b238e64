package org.intervene.data;

/**
 * Part of a text.
 *
 * @param start index of its first UTF-16 unit
 * @param end index after its last one
 */
public record Stretch(int start, int end) {}
