package org.intervene.primer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.intervene.model.Tokenizer;

/**
 * What the model card states.
 *
 * @param trainedFacts facts in wordings that they were trained in
 * @param heldOutFacts facts in wordings that they were never seen in
 * @param heldOutPairs indirect objects with two names that never met
 * @param heldOutPlaces indirect objects with two names that never met at that place
 * @param induction all heads, the strongest first
 */
record Measurements(
    Accuracy trainedFacts,
    Accuracy heldOutFacts,
    Accuracy heldOutPairs,
    Accuracy heldOutPlaces,
    List<Induction> induction) {
  private static final long SEED = 4242;
  private static final int MEETINGS = 1000;
  private static final int HEADS_SHOWN = 3;

  static Measurements of(Gpt2 model, Tokenizer tokenizer, Corpus corpus) {
    List<Prompt> trained = new ArrayList<>();
    List<Prompt> heldOut = new ArrayList<>();
    for (Facts facts : corpus.facts()) {
      trained.addAll(facts.trained());
      heldOut.addAll(facts.heldOut());
    }
    Random random = new Random(SEED);
    List<Prompt> pairs = new ArrayList<>();
    List<Prompt> places = new ArrayList<>();
    for (int i = 0; i < MEETINGS; i++) {
      pairs.add(corpus.meetings().heldOutPair(random));
      places.add(corpus.meetings().heldOutPlace(random));
    }
    return new Measurements(
        Accuracy.of(model, tokenizer, trained),
        Accuracy.of(model, tokenizer, heldOut),
        Accuracy.of(model, tokenizer, pairs),
        Accuracy.of(model, tokenizer, places),
        Induction.of(model, model.config().vocabulary() - 1, SEED));
  }

  /** The rows of the card's table, in Markdown. */
  List<String> table() {
    List<String> rows = new ArrayList<>();
    rows.add("| measurement | value |");
    rows.add("|---|---|");
    rows.add(row("facts, in wordings that were trained", trainedFacts));
    rows.add(row("facts, in the wording that was held out", heldOutFacts));
    rows.add(row("indirect objects, pairs of names that were held out", heldOutPairs));
    rows.add(row("indirect objects, names and places that were held out", heldOutPlaces));
    for (Induction head : induction.subList(0, HEADS_SHOWN)) {
      rows.add(
          String.format(
              Locale.ROOT,
              "| induction score of head %d.%d | %.2f |",
              head.layer(),
              head.head(),
              head.score()));
    }
    return rows;
  }

  private static String row(String what, Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f %% (%d of %d) |",
        what,
        100 * accuracy.share(),
        accuracy.right(),
        accuracy.total());
  }
}
