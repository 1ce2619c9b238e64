package org.intervene.primer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.JsonTokenizer;
import org.intervene.model.Tokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
  private static final TrainingSettings SETTINGS = TrainingSettings.primer();
  private static final Lexicon LEXICON = Lexicon.load();
  private static final Vocabulary VOCABULARY = Vocabulary.of(LEXICON);

  @TempDir private Path directory;
  private Tokenizer tokenizer;

  @BeforeEach
  void write() throws IOException {
    TokenizerFiles.write(VOCABULARY, directory);
    tokenizer = JsonTokenizer.open(directory, Bos.AUTO);
  }

  private Batches batches() {
    return new Batches(Corpus.of(LEXICON, 1), tokenizer, VOCABULARY.end(), SETTINGS);
  }

  @Test
  void theSameSeedGivesTheSameBatches() {
    Batch first = batches().next(4, 2, 1);
    Batch second = batches().next(4, 2, 1);
    assertTrue(Arrays.deepEquals(first.ids(), second.ids()));
    assertTrue(Arrays.deepEquals(first.targets(), second.targets()));
  }

  @Test
  void rowsAreHalfAsLongAtFirst() {
    Batches batches = batches();
    assertEquals(32, batches.next(2, 1, SETTINGS.shortSteps()).ids()[0].length);
    assertEquals(64, batches.next(2, 1, SETTINGS.shortSteps() + 1).ids()[0].length);
  }

  @Test
  void whatIsLearnedInARepeatWasSeenOnePeriodAgo() {
    Batches batches = batches();
    for (int step = 1; step < SETTINGS.steps(); step += 50) {
      Batch batch = batches.next(8, 8, step);
      for (int row = 0; row < 8; row++) {
        assertRepeats(batch.ids()[row], batch.targets()[row]);
      }
    }
  }

  private static void assertRepeats(long[] ids, long[] targets) {
    int first = 0;
    while (targets[first] == Batch.NONE) {
      first++;
    }
    int period = 1;
    while (ids[first - period + 1] != targets[first]) {
      period++;
    }
    for (int i = first; i < targets.length; i++) {
      assertEquals(ids[i - period + 1], targets[i]);
    }
    assertEquals(first + 1, Arrays.stream(ids).limit(first + 1).distinct().count());
  }

  @Test
  void theLastWordOfASentenceIsAlwaysLearned() {
    Batch batch = batches().next(16, 0, 5000);
    int stop = tokenizer.tokensOf(".")[0];
    for (int row = 0; row < 16; row++) {
      long[] targets = batch.targets()[row];
      for (int i = 0; i + 2 < targets.length; i++) {
        if (batch.ids()[row][i + 2] == stop && isSentenceEnd(batch.ids()[row], i + 3)) {
          assertEquals(batch.ids()[row][i + 1], targets[i]);
        }
      }
    }
  }

  private static boolean isSentenceEnd(long[] ids, int next) {
    return next < ids.length && ids[next] == VOCABULARY.end();
  }
}
