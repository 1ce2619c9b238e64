package org.intervene.primer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final int SENTENCES = 150_000;

  private final Lexicon lexicon = Lexicon.load();
  private final Corpus corpus = Corpus.of(lexicon, TrainingSettings.primer().seed());

  @Test
  void theSameSeedGivesTheSameSentences() {
    assertEquals(sentences(corpus, 500), sentences(Corpus.of(lexicon, 17), 500));
    assertFalse(sentences(corpus, 500).equals(sentences(Corpus.of(lexicon, 18), 500)));
  }

  @Test
  void factsAreNeverSeenInTheWordingThatIsHeldOutAndAreInAllOthers() {
    Set<String> seen = new HashSet<>(sentences(corpus, SENTENCES));
    for (Facts facts : corpus.facts()) {
      for (Prompt prompt : facts.heldOut()) {
        String sentence = prompt.text() + prompt.answer() + ".";
        assertFalse(seen.contains(sentence), sentence);
      }
      for (Prompt prompt : facts.trained()) {
        String sentence = prompt.text() + prompt.answer() + ".";
        assertTrue(seen.contains(sentence), sentence);
      }
    }
  }

  @Test
  void heldOutNamesNeverMeet() {
    Set<String> names = new HashSet<>(lexicon.names());
    Set<String> places = new HashSet<>(lexicon.words().get("place"));
    Meetings meetings = corpus.meetings();
    int met = 0;
    for (String sentence : sentences(corpus, SENTENCES)) {
      List<String> pair = words(sentence).filter(names::contains).distinct().toList();
      if (pair.size() == 2) {
        met++;
        assertFalse(meetings.isHeldOut(pair.get(0), pair.get(1)), sentence);
        words(sentence)
            .filter(places::contains)
            .forEach(
                place ->
                    assertFalse(
                        meetings.isHeldOut(pair.get(0), pair.get(1), place)
                            && sentence.matches(".* (gave|handed|offered|give) .*"),
                        sentence));
      }
    }
    assertTrue(met > SENTENCES / 10);
  }

  @Test
  void aHeldOutPairAsksForTheNameThatIsNotTheGiver() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Prompt prompt = corpus.meetings().heldOutPair(random);
      String answer = prompt.answer().strip();
      assertEquals(1, words(prompt.text()).filter(answer::equals).count(), prompt.text());
    }
  }

  private static Stream<String> words(String sentence) {
    return Pattern.compile("[A-Za-z]+").matcher(sentence).results().map(found -> found.group());
  }

  private static List<String> sentences(Corpus corpus, int count) {
    Random random = new Random(3);
    return Stream.generate(() -> corpus.sentence(random)).limit(count).collect(Collectors.toList());
  }
}
