package org.intervene.bench;

import java.util.Random;
import java.util.stream.IntStream;

/** Token ids that every tool reads. */
final class Prompts {
  static final int ANSWER = 6342;
  static final int FOIL = 10598;
  private static final int LATE = 12;

  private Prompts() {}

  /**
   * A pair of inputs.
   *
   * @param clean token ids
   * @param corrupt token ids, as many
   */
  record Pair(int[] clean, int[] corrupt) {}

  static int[] tokens(int length, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, length).map(i -> random.nextInt(RandomGpt2.VOCABULARY)).toArray();
  }

  /** Twins that differ in tokens 1 to 3. */
  static Pair early(int length, long seed) {
    return differing(tokens(length, seed), seed, 1, 2, 3);
  }

  /** Twins that differ in one token late in the prompt. */
  static Pair late(int length, long seed) {
    return differing(tokens(length, seed), seed, LATE);
  }

  private static Pair differing(int[] clean, long seed, int... positions) {
    int[] corrupt = clean.clone();
    int[] other = tokens(clean.length, ~seed);
    for (int position : positions) {
      corrupt[position] = other[position];
    }
    return new Pair(clean, corrupt);
  }
}
