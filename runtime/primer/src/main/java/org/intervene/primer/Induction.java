package org.intervene.primer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * How strongly a head attends to what followed the same token before.
 *
 * @param score mean attention from position i of the second half of a repeated random sequence of n
 *     tokens to position i - n + 1
 */
record Induction(int layer, int head, double score) {
  private static final int LENGTH = 20;
  private static final int ROWS = 64;

  /** All heads, the strongest first. */
  static List<Induction> of(Gpt2 model, int tokens, long seed) {
    long[][] rows = rows(tokens, seed);
    int all = 2 * LENGTH;
    List<Induction> scores = new ArrayList<>();
    for (int layer = 0; layer < model.config().layers(); layer++) {
      float[] pattern = model.pattern(rows, layer);
      for (int head = 0; head < model.config().heads(); head++) {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
          for (int query = LENGTH; query < all; query++) {
            int start = ((row * model.config().heads() + head) * all + query) * all;
            sum += pattern[start + query - LENGTH + 1];
          }
        }
        scores.add(new Induction(layer, head, sum / (ROWS * LENGTH)));
      }
    }
    scores.sort(Comparator.comparingDouble(Induction::score).reversed());
    return scores;
  }

  private static long[][] rows(int tokens, long seed) {
    Random random = new Random(seed);
    long[][] rows = new long[ROWS][2 * LENGTH];
    for (long[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = i < LENGTH ? random.nextInt(tokens) : row[i - LENGTH];
      }
    }
    return rows;
  }
}
