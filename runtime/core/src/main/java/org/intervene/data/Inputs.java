package org.intervene.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/** Turns cells into what a model reads; equal texts are encoded once. */
final class Inputs {
  private static final int MOST_UNKNOWN = 10;

  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final Map<String, Input> known = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  Inputs(ModelFacts facts, Optional<Tokenizer> tokenizer) {
    this.facts = facts;
    this.tokenizer = tokenizer;
  }

  Optional<Input> input(Datum datum, String column, int row, Consumer<Diagnostic> problems) {
    if (datum instanceof Datum.Number) {
      problems.accept(
          error(
              "data.not-input",
              datum,
              "`%s` of row %d is a number: a model reads a text or token ids"
                  .formatted(column, row),
              "write \"a text\" or [1, 2, 3]"));
      return Optional.empty();
    }
    return encoded(datum, problems)
        .filter(input -> fits(input, datum, "`%s` of row %d".formatted(column, row), problems));
  }

  private Optional<Input> encoded(Datum datum, Consumer<Diagnostic> problems) {
    if (datum instanceof Datum.Tokens tokens) {
      int[] nowhere = new int[tokens.ids().length];
      Arrays.fill(nowhere, -1);
      return Optional.of(new Input(tokens.ids(), "", nowhere, nowhere));
    }
    String text = ((Datum.Text) datum).text();
    Input input = known.get(text);
    if (input == null) {
      if (tokenizer.isEmpty()) {
        problems.accept(missing(datum.place()));
        return Optional.empty();
      }
      try {
        Tokenizer.Encoding encoding = tokenizer.get().encode(text);
        input = new Input(encoding.tokens(), text, encoding.starts(), encoding.ends());
      } catch (DiagnosticException e) {
        e.diagnostics().forEach(d -> problems.accept(placed(d, datum.place())));
        return Optional.empty();
      }
      known.put(text, input);
      sayUnknown(input, datum.place(), problems);
    }
    return Optional.of(input);
  }

  /** Parts of a text that the tokenizer has no token for, each said once. */
  private void sayUnknown(Input input, Place place, Consumer<Diagnostic> problems) {
    for (int i = 0; i < input.tokens().length && unknown.size() < MOST_UNKNOWN; i++) {
      int token = input.tokens()[i];
      if (input.starts()[i] >= 0 && input.starts()[i] < input.ends()[i]) {
        String part = input.text().substring(input.starts()[i], input.ends()[i]);
        if (AnswerTokens.isUnknown(token, part, tokenizer.get()) && unknown.add(part)) {
          problems.accept(
              Diagnostic.note(
                      "data.unknown-text",
                      place.span(),
                      "the tokenizer does not know %s: the model reads %s"
                          .formatted(Quoted.of(part), tokenizer.get().show(token)),
                      "write it another way if it matters")
                  .in(place.file()));
        }
      }
    }
  }

  private boolean fits(Input input, Datum datum, String what, Consumer<Diagnostic> problems) {
    int length = input.tokens().length;
    if (length == 0) {
      problems.accept(
          error("data.empty-input", datum, what + " has no tokens", "give it at least one"));
      return false;
    }
    if (length > facts.maxPositions()) {
      problems.accept(
          error(
              "data.too-long",
              datum,
              "%s has %,d tokens and the model takes %,d"
                  .formatted(what, length, facts.maxPositions()),
              "shorten it"));
      return false;
    }
    for (int token : input.tokens()) {
      if (token < 0 || token >= facts.vocabulary()) {
        problems.accept(
            error(
                "data.token-range",
                datum,
                "%s has the token %d and the model's ids are 0 to %d"
                    .formatted(what, token, facts.vocabulary() - 1),
                "the tokenizer and the model do not fit: use the tokenizer it was trained with"));
        return false;
      }
    }
    return true;
  }

  /** A text where no tokenizer can split it. */
  static Diagnostic missing(Place place) {
    return Diagnostic.error(
            "tokenizer.missing",
            place.span(),
            "this is a text, and the model has no tokenizer",
            "write token ids: `[464, 3991]`, or `tokens [[464, 3991]]` for a whole dataset")
        .in(place.file());
  }

  private static Diagnostic placed(Diagnostic diagnostic, Place place) {
    boolean nowhere = diagnostic.place().span() == Span.NONE && diagnostic.place().file().isEmpty();
    return nowhere
        ? new Diagnostic(
            diagnostic.id(), diagnostic.severity(), diagnostic.message(), place, diagnostic.help())
        : diagnostic;
  }

  private static Diagnostic error(String id, Datum datum, String message, String help) {
    return Diagnostic.error(id, datum.place().span(), message, help).in(datum.place().file());
  }
}
