package org.intervene.primer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.JsonTokenizer;
import org.intervene.model.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the card of the embedded model states, measured again on the committed weights. */
class PrimerTest {
  private static final Lexicon LEXICON = Lexicon.load();
  private static final Vocabulary VOCABULARY = Vocabulary.of(LEXICON);
  private static Path directory;
  private static NDManager manager;
  private static Tokenizer tokenizer;
  private static Gpt2 model;

  @BeforeAll
  static void load() throws IOException, URISyntaxException {
    directory = resource("/org/intervene/models/primer/config.json").getParent();
    manager = TorchRuntime.start().newManager();
    tokenizer = JsonTokenizer.open(directory, Bos.AUTO);
    model =
        Gpt2.of(
            Gpt2Config.primer(VOCABULARY),
            manager,
            TensorFile.read(directory.resolve("model.safetensors")));
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static Path resource(String name) throws URISyntaxException {
    URL url = PrimerTest.class.getResource(name);
    return Path.of(url.toURI());
  }

  @Test
  void theCardStatesWhatIsMeasured() throws IOException {
    Corpus corpus = Corpus.of(LEXICON, TrainingSettings.primer().seed());
    Measurements measured = Measurements.of(model, tokenizer, corpus);
    assertTrue(measured.heldOutFacts().share() >= 0.95, measured.heldOutFacts()::toString);
    assertTrue(measured.heldOutPairs().share() >= 0.95, measured.heldOutPairs()::toString);
    assertTrue(measured.heldOutPlaces().share() >= 0.95, measured.heldOutPlaces()::toString);
    assertTrue(measured.induction().get(0).score() > 0.5, measured.induction()::toString);
    String card = Files.readString(directory.resolve("README.md"));
    for (String row : measured.table()) {
      assertTrue(card.contains(row), row);
    }
  }

  @Test
  void logitsAreThoseOfTransformers() throws IOException, URISyntaxException {
    Map<String, float[]> expected = TensorFile.read(resource("/primer-logits.safetensors"));
    assertEquals(5, expected.size());
    expected.forEach(
        (prompt, logits) -> {
          long[][] row = {Accuracy.ids(tokenizer, prompt)};
          assertArrayEquals(logits, model.nextLogits(row)[0], 1e-4f, prompt);
        });
  }

  @Test
  void theFilesAreThoseThatTheProgramWrites(@TempDir Path written) throws IOException {
    TokenizerFiles.write(VOCABULARY, written);
    ModelFiles.config(Gpt2Config.primer(VOCABULARY), VOCABULARY.end(), written);
    ModelFiles.weights(model, written);
    for (String file :
        new String[] {
          "tokenizer.json", "tokenizer_config.json", "config.json", "model.safetensors"
        }) {
      assertEquals(-1, Files.mismatch(directory.resolve(file), written.resolve(file)), file);
    }
    Files.copy(directory.resolve("README.md"), written.resolve("README.md"));
    ModelFiles.list(written);
    assertEquals(-1, Files.mismatch(directory.resolve("files.txt"), written.resolve("files.txt")));
  }

  @Test
  void everyLandmarkIsTwoTokensAndEveryOtherWordOne() {
    for (Lexicon.Landmark landmark : LEXICON.landmarks()) {
      assertEquals(2, tokenizer.tokensOf(" " + landmark.name()).length, landmark.name());
    }
    LEXICON
        .words()
        .forEach(
            (slot, words) -> {
              for (String word : slot.equals("landmark") ? List.<String>of() : words) {
                assertTrue(tokenizer.singleToken(" " + word).isPresent(), word);
              }
            });
    assertEquals(0, tokenizer.encode("").tokens().length);
  }
}
