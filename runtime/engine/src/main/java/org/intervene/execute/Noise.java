package org.intervene.execute;

/**
 * Standard normal noise that depends on where it falls and on nothing else, so that cells of a
 * sweep, packs and threads all see the same.
 *
 * <p>The coordinates are hashed by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) into
 * two uniform numbers, and those turned into one normal number by the Box-Muller transform with
 * {@link StrictMath}, which is the same everywhere.
 */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** Noise of one element. */
  static double at(long seed, int example, int site, int layer, int element) {
    long key = mix(seed + GOLDEN);
    key = mix(key + example * GOLDEN);
    key = mix(key + site * GOLDEN);
    key = mix(key + layer * GOLDEN);
    key = mix(key + element * GOLDEN);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(key)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(mix(key + GOLDEN)));
  }

  /** In (0, 1]. */
  private static double uniform(long bits) {
    return ((bits >>> 11) + 1) * 0x1.0p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
