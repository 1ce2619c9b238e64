package org.intervene.model.part;

/**
 * Rotary position embedding: pairs of elements of q and k are turned by an angle of position times
 * inverse frequency (Su et al. 2021).
 *
 * @param dims how many leading elements of a head are turned; the rest stay
 * @param interleaved whether a pair is (2i, 2i + 1) or (i, i + dims / 2)
 */
public record Rotary(int dims, boolean interleaved, RotaryFrequencies frequencies) {}
