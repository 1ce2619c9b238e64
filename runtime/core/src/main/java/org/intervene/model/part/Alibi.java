package org.intervene.model.part;

import java.util.stream.IntStream;

/**
 * Attention with linear biases (Press et al. 2022): slope times key position is added to a score.
 *
 * @param slopes [head]
 * @param factor on the product of slope and position
 * @param bfloat16 whether slopes and products are rounded to bfloat16 as Falcon does
 */
public record Alibi(double[] slopes, double factor, boolean bfloat16) {

  /**
   * Slopes as BLOOM and Falcon take them: 2^(-8 i / n) for n the largest power of two up to the
   * number of heads, and every second one of those for 2 n where heads are left.
   */
  public static double[] slopesFromBelow(int heads) {
    int power = Integer.highestOneBit(heads);
    return IntStream.range(0, heads)
        .mapToDouble(
            h ->
                h < power
                    ? Math.pow(2, -8.0 * (h + 1) / power)
                    : Math.pow(2, -4.0 * (2 * (h - power) + 1) / power))
        .toArray();
  }

  /**
   * Slopes as MPT takes them: of those for the next power of two, every second one, then the
   * others.
   */
  public static double[] slopesFromAbove(int heads) {
    int power = heads == 1 ? 1 : 2 * Integer.highestOneBit(heads - 1);
    return IntStream.range(0, heads)
        .mapToDouble(
            h -> {
              int index = power == heads ? h : 2 * h < power ? 2 * h + 1 : 2 * h - power;
              return Math.pow(2, -8.0 * (index + 1) / power);
            })
        .toArray();
  }
}
