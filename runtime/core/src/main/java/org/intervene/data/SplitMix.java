package org.intervene.data;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the
 * state starts at the seed and grows by 0x9E3779B97F4A7C15 before each number. Written out because
 * datasets have to be the same on every Java release, and in other languages.
 */
final class SplitMix {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  long next() {
    state += GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A number from 0 to {@code bound - 1}, all of them equally likely: the upper 63 bits modulo the
   * bound, drawn again where they fall into the last, incomplete interval.
   */
  int below(int bound) {
    while (true) {
      long bits = next() >>> 1;
      long result = bits % bound;
      if (bits - result + (bound - 1) >= 0) {
        return (int) result;
      }
    }
  }
}
