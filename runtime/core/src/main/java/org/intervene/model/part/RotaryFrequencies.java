package org.intervene.model.part;

/** How fast each pair of a rotary embedding turns. Implementations are pure functions. */
public interface RotaryFrequencies {
  /**
   * Radians per position of each pair.
   *
   * @param length tokens of the whole input: some scalings change with it
   * @return [dims / 2]
   */
  double[] inverse(int length);

  /** Factor on cosine and sine, from attention temperature scaling. */
  default double attentionFactor(int length) {
    return 1;
  }

  /** Whether {@link #inverse} or {@link #attentionFactor} depend on the length. */
  default boolean dependsOnLength() {
    return false;
  }
}
