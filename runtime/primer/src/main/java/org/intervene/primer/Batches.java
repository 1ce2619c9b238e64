package org.intervene.primer;

import java.util.Arrays;
import java.util.Random;
import org.intervene.model.Tokenizer;

/**
 * Rows of 64 tokens, of 32 at first. Some hold sentences, the first of which begins at position 0;
 * a new text begins without a space after the end-of-text token, a continued one with a space. The
 * others hold random tokens that repeat.
 */
final class Batches {
  private static final int NEW_TEXT_PERCENT = 70;
  private static final int LEARNED_PERCENT = 20;

  private final Corpus corpus;
  private final Tokenizer tokenizer;
  private final int end;
  private final RepeatPool pool;
  private final int shortSteps;
  private final Random random;

  Batches(Corpus corpus, Tokenizer tokenizer, int end, TrainingSettings settings) {
    this.corpus = corpus;
    this.tokenizer = tokenizer;
    this.end = end;
    this.shortSteps = settings.shortSteps();
    this.pool = RepeatPool.of(corpus.lexicon(), tokenizer, end, settings.seed());
    this.random = new Random(settings.seed());
  }

  Batch next(int rows, int repeats, int step) {
    int length = step <= shortSteps ? Gpt2Config.POSITIONS / 2 : Gpt2Config.POSITIONS;
    long[][] ids = new long[rows][];
    long[][] targets = new long[rows][];
    for (int row = 0; row < rows; row++) {
      long[] tokens = new long[length + 1];
      boolean[] learned = new boolean[tokens.length];
      if (row < repeats) {
        pool.fill(tokens, learned, step, random);
      } else {
        sentences(tokens, learned);
      }
      ids[row] = Arrays.copyOf(tokens, length);
      targets[row] = Arrays.copyOfRange(tokens, 1, tokens.length);
      for (int i = 0; i < targets[row].length; i++) {
        targets[row][i] = learned[i + 1] ? targets[row][i] : Batch.NONE;
      }
    }
    return new Batch(ids, targets);
  }

  /**
   * The last word of a sentence is what the sentence asks for and is always learned. Most of the
   * others are the generator's free choice and only make noise, so few of them are.
   */
  private void sentences(long[] tokens, boolean[] learned) {
    int at = 0;
    while (at < tokens.length) {
      boolean fresh = at == 0 || random.nextInt(100) < NEW_TEXT_PERCENT;
      if (at > 0 && fresh) {
        tokens[at++] = end;
      }
      int[] ids = tokenizer.encode((fresh ? "" : " ") + corpus.sentence(random)).tokens();
      for (int i = 0; i < ids.length && at < tokens.length; i++, at++) {
        tokens[at] = ids[i];
        learned[at] = i == ids.length - 2 || random.nextInt(100) < LEARNED_PERCENT;
      }
    }
  }
}
