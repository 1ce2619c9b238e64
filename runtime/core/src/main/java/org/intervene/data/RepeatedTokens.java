package org.intervene.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.intervene.ast.DataSource;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/**
 * Sequences of random tokens, each repeated once, in the column {@code tokens}.
 *
 * <p>The ids of a row are drawn without replacement from those that the vocabulary has, special
 * tokens left out; no BOS is added. All rows come from one {@link SplitMix} generator: for each of
 * the first {@code length} places of an array of the ids, in ascending order at the start, an entry
 * from there on is drawn and exchanged with it (Fisher and Yates); the next row goes on with the
 * array as it is.
 */
final class RepeatedTokens {
  private static final long MOST_TOKENS = 1 << 27;

  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final NamedValues values;
  private final Complaints complaints;

  RepeatedTokens(
      ModelFacts facts, Optional<Tokenizer> tokenizer, NamedValues values, Complaints complaints) {
    this.facts = facts;
    this.tokenizer = tokenizer;
    this.values = values;
    this.complaints = complaints;
  }

  List<Example> read(DataSource.RepeatRandom source) {
    int[] pool = pool();
    OptionalLong length = length(source, pool.length);
    OptionalLong rows = values.whole(source.rows(), "rows", 1, TemplateRows.MOST_ROWS, complaints);
    OptionalLong seed = values.whole(source.seed(), "seed", -(1L << 53), 1L << 53, complaints);
    if (length.isEmpty() || rows.isEmpty() || seed.isEmpty()) {
      return List.of();
    }
    if (2 * length.getAsLong() * rows.getAsLong() > MOST_TOKENS) {
      complaints.error(
          "data.size",
          source.rows().span(),
          "these are %,d tokens".formatted(2 * length.getAsLong() * rows.getAsLong()),
          "ask for at most %,d in all".formatted(MOST_TOKENS));
      return List.of();
    }
    return draw(source, pool, (int) length.getAsLong(), (int) rows.getAsLong(), seed.getAsLong());
  }

  private OptionalLong length(DataSource.RepeatRandom source, int ids) {
    OptionalLong length = values.whole(source.length(), "length", 1, 1 << 30, complaints);
    if (length.isPresent() && 2 * length.getAsLong() > facts.maxPositions()) {
      complaints.error(
          "data.too-long",
          source.length().span(),
          "a sequence and its repeat have %,d tokens and the model takes %,d"
              .formatted(2 * length.getAsLong(), facts.maxPositions()),
          "write a length of at most %,d".formatted(facts.maxPositions() / 2));
      return OptionalLong.empty();
    } else if (length.isPresent() && length.getAsLong() > ids) {
      complaints.error(
          "data.size",
          source.length().span(),
          "there are %,d different tokens for a sequence of %,d".formatted(ids, length.getAsLong()),
          "write a length of at most %,d".formatted(ids));
      return OptionalLong.empty();
    }
    return length;
  }

  private int[] pool() {
    int known =
        tokenizer.map(t -> Math.min(t.size(), facts.vocabulary())).orElse(facts.vocabulary());
    return IntStream.range(0, known)
        .filter(id -> tokenizer.isEmpty() || !tokenizer.get().isSpecial(id))
        .toArray();
  }

  private static List<Example> draw(
      DataSource.RepeatRandom source, int[] pool, int length, int rows, long seed) {
    Place place = new Place("", source.span());
    SplitMix random = new SplitMix(seed);
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int[] ids = new int[2 * length];
      for (int i = 0; i < length; i++) {
        int j = i + random.below(pool.length - i);
        int id = pool[j];
        pool[j] = pool[i];
        pool[i] = id;
        ids[i] = id;
        ids[length + i] = id;
      }
      examples.add(new Example(row, place, Map.of("tokens", new Datum.Tokens(ids, place))));
    }
    return examples;
  }
}
