package org.intervene.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Token ids that every tool reads.
 *
 * @param vocabulary ids are below
 */
record Prompts(int vocabulary) {
  static final int ANSWER = 17;
  static final int FOIL = 29;
  private static final int LATE = 12;

  /**
   * A pair of inputs.
   *
   * @param clean token ids
   * @param corrupt token ids, as many
   */
  record Pair(int[] clean, int[] corrupt) {}

  int[] tokens(int length, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, length).map(i -> random.nextInt(vocabulary)).toArray();
  }

  /** Twins that differ in tokens 1 to 3. */
  Pair early(int length, long seed) {
    return differing(length, seed, 1, 2, 3);
  }

  /** Twins that differ in one token late in the prompt. */
  Pair late(int length, long seed) {
    return differing(length, seed, LATE);
  }

  /** Pairs that differ in every token: no cell of a sweep over them is dead. */
  List<Pair> different(int pairs, int length) {
    int[] all = IntStream.range(0, length).toArray();
    return IntStream.range(0, pairs).mapToObj(i -> differing(length, 100 + i, all)).toList();
  }

  private Pair differing(int length, long seed, int... positions) {
    int[] clean = tokens(length, seed);
    int[] corrupt = clean.clone();
    Random random = new Random(~seed);
    for (int position : positions) {
      corrupt[position] = (clean[position] + 1 + random.nextInt(vocabulary - 1)) % vocabulary;
    }
    return new Pair(clean, corrupt);
  }
}
