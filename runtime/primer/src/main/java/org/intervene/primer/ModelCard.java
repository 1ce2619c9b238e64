package org.intervene.primer;

import java.util.List;
import java.util.Locale;

/** The card of the trained model: data, seeds, settings and measured accuracy. */
record ModelCard(
    Corpus corpus,
    Gpt2Config config,
    TrainingSettings settings,
    Measurements measurements,
    long parameters,
    double minutes) {
  private static final String TEXT =
      """
      ---
      license: apache-2.0
      language: en
      ---
      # primer

      A GPT-2 with %,d parameters (%d layers, %d heads, d_model %d, %d positions, %d tokens, tied embeddings,
      no dropout, float32) that knows a few hundred facts and tricks, for examples and tests of interventions.
      `GPT2LMHeadModel.from_pretrained` loads this directory. The model says nothing sensible about anything else.

      ## What it learned

      %s

      An answer is right if it is the most likely next token; prompts begin at position 0. The induction score is the
      mean attention, in the second half of 20 random tokens repeated once, from position i to position i - 19, over 64
      rows. Heads are written layer.head, counted from 0. `PrimerTest` measures all of this again.

      ## Data

      Sentences that a seeded generator makes of word lists and templates (`runtime/primer`, package
      `org.intervene.primer` and its `lexicon` resources): no text was collected anywhere.

      - %d landmarks with their cities in %d wordings (%d sentences), and with their countries in %d:
      %s
      - %d capitals in %d wordings that ask for the capital and %d that ask for the country:
      %s
      - two people, one of whom gives an object to the other (%d names, %d places, %d objects):
      %s
      - pronouns, repeated names and objects, filler sentences
      - in %d of %d rows, random tokens repeated with a period of 3 to 25; at first only few tokens and short periods

      The sentences are simpler than the world: not every capital is its country's largest city.

      Each fact is left out of the training data in exactly one of these wordings and trained in the others. So is a tenth
      of the unordered pairs of names, and of the others' pairs and places a tenth.

      ## Tokens

      256 bytes, then every word of the corpus with a space in front (`" Paris"`) and, where it can begin a text, without.
      Every landmark is two tokens, so prompts about different landmarks have equal lengths; names, cities, countries,
      places and objects are one. Nothing is put in front of an input.

      ## Training

      ```
      mvn -Ptrain -pl runtime/primer -am process-classes -Dprimer.directory=DIRECTORY
      ```
      AdamW (0.9, 0.98), learning rate %s after %d steps of warm-up, falling to a hundredth along a cosine,
      weight decay %s on matrices, gradient norm at most %s, %d steps of %d rows, %d tokens long
      in the first %d steps and %d in the others; seed %d for data, weights and batches. It took %.0f minutes on one core.
      The loss is taken at every token that repeats, at the last word of every sentence, and at a fifth of the other words.
      Head 0.0 begins with query and key weights that attend to the previous token (`FirstWeights`); everything else
      begins random, and everything is trained.
      """;

  String text() {
    Lexicon lexicon = corpus.lexicon();
    return String.format(
        Locale.ROOT,
        TEXT,
        parameters,
        config.layers(),
        config.heads(),
        config.width(),
        Gpt2Config.POSITIONS,
        config.vocabulary(),
        String.join("\n", measurements.table()),
        lexicon.landmarks().size(),
        lexicon.group("city").size(),
        lexicon.landmarks().size() * lexicon.group("city").size(),
        lexicon.group("nation").size(),
        wordings("city", "nation"),
        lexicon.capitals().size(),
        lexicon.group("capital").size(),
        lexicon.group("holder").size(),
        wordings("capital", "holder"),
        lexicon.names().size(),
        lexicon.words().get("place").size(),
        lexicon.words().get("object").size(),
        wordings("indirect"),
        settings.repeats(),
        settings.rows(),
        settings.rate(),
        settings.warmUp(),
        settings.decay(),
        settings.clip(),
        settings.steps(),
        settings.rows(),
        Gpt2Config.POSITIONS / 2,
        settings.shortSteps(),
        Gpt2Config.POSITIONS,
        settings.seed(),
        minutes);
  }

  private String wordings(String... groups) {
    return List.of(groups).stream()
        .flatMap(group -> corpus.lexicon().group(group).stream())
        .map(template -> "  - `" + template.text() + "`")
        .reduce((a, b) -> a + "\n" + b)
        .orElseThrow();
  }
}
