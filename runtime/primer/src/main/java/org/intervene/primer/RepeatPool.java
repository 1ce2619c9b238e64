package org.intervene.primer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.intervene.model.Tokenizer;

/**
 * Random sequences that repeat. Training begins with few tokens, first names, and short periods,
 * and goes on to all tokens and long periods: matching is learned on tokens that are met often, and
 * spreads to the others. Without such a beginning it was not learned in the time there was.
 *
 * @param order all tokens but the end of text
 */
record RepeatPool(List<Integer> order) {
  private static final int FIRST = 32;
  private static final int DOUBLING = 400;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 25;
  private static final int LONGEST_OFFSET = 12;

  static RepeatPool of(Lexicon lexicon, Tokenizer tokenizer, int tokens, long seed) {
    List<Integer> names = new ArrayList<>();
    lexicon.names().forEach(name -> names.add(tokenizer.tokensOf(" " + name)[0]));
    List<Integer> others = new ArrayList<>();
    for (int id = 0; id < tokens; id++) {
      if (!names.contains(id)) {
        others.add(id);
      }
    }
    Random random = new Random(seed);
    Collections.shuffle(names, random);
    Collections.shuffle(others, random);
    names.addAll(others);
    return new RepeatPool(names);
  }

  /**
   * A row of random tokens that repeat.
   *
   * @param tokens filled with ids
   * @param learned set where a token was seen a period ago, and so can be known
   * @param step of the training, counted from 1
   */
  void fill(long[] tokens, boolean[] learned, int step, Random random) {
    int longest = Math.min(Math.min(LONGEST, 7 + step / 100), tokens.length / 2);
    int period = random.nextInt(SHORTEST, longest + 1);
    int first = period + random.nextInt(Math.min(LONGEST_OFFSET, step / 200) + 1);
    Set<Integer> drawn = new LinkedHashSet<>();
    int size = (int) Math.min(FIRST * Math.pow(2, (double) step / DOUBLING), order.size());
    while (drawn.size() < first) {
      drawn.add(order.get(random.nextInt(size)));
    }
    int i = 0;
    for (int token : drawn) {
      tokens[i++] = token;
    }
    for (; i < tokens.length; i++) {
      tokens[i] = tokens[i - period];
      learned[i] = true;
    }
  }
}
