package org.intervene.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/** The single token that a cell or a literal stands for. */
final class AnswerTokens {
  private static final int SHOWN = 12;

  private final ModelFacts facts;
  private final Optional<Tokenizer> tokenizer;
  private final Map<String, Integer> known = new HashMap<>();

  AnswerTokens(ModelFacts facts, Optional<Tokenizer> tokenizer) {
    this.facts = facts;
    this.tokenizer = tokenizer;
  }

  Optional<Integer> token(Datum datum, Consumer<Diagnostic> problems) {
    if (datum instanceof Datum.Text text) {
      return ofText(text, problems);
    } else if (datum instanceof Datum.Tokens tokens) {
      if (tokens.ids().length != 1) {
        complain(
            "token.not-single",
            datum,
            "these are %d token ids where one token is wanted".formatted(tokens.ids().length),
            "write a list of one id",
            problems);
        return Optional.empty();
      }
      return inVocabulary(tokens.ids()[0], datum, problems);
    }
    return inVocabulary(((Datum.Number) datum).value(), datum, problems);
  }

  private Optional<Integer> inVocabulary(double id, Datum datum, Consumer<Diagnostic> problems) {
    if (id >= 0 && id < facts.vocabulary() && id == Math.rint(id)) {
      return Optional.of((int) id);
    }
    String shown = id == Math.rint(id) && Math.abs(id) < 1e15 ? Long.toString((long) id) : "" + id;
    complain(
        "token.range",
        datum,
        shown + " is not a token of this model",
        "its ids are the whole numbers 0 to " + (facts.vocabulary() - 1),
        problems);
    return Optional.empty();
  }

  private Optional<Integer> ofText(Datum.Text datum, Consumer<Diagnostic> problems) {
    Integer found = known.get(datum.text());
    if (found != null) {
      return Optional.of(found);
    }
    if (tokenizer.isEmpty()) {
      problems.accept(Inputs.missing(datum.place()));
      return Optional.empty();
    }
    OptionalInt single = tokenizer.get().singleToken(datum.text());
    if (single.isEmpty()) {
      complain(
          "token.not-single",
          datum,
          split(datum.text(), tokenizer.get()),
          cure(datum.text(), tokenizer.get()),
          problems);
      return Optional.empty();
    }
    if (isUnknown(single.getAsInt(), datum.text(), tokenizer.get())) {
      complain(
          "token.unknown",
          datum,
          "the tokenizer does not know %s: it reads %s"
              .formatted(Quoted.of(datum.text()), tokenizer.get().show(single.getAsInt())),
          "choose a text that is one token, or write a token id",
          problems);
      return Optional.empty();
    }
    Optional<Integer> token = inVocabulary(single.getAsInt(), datum, problems);
    token.ifPresent(id -> known.put(datum.text(), id));
    return token;
  }

  /** Whether a text became a special token without being that token's own name. */
  static boolean isUnknown(int token, String text, Tokenizer tokenizer) {
    return tokenizer.isSpecial(token) && !tokenizer.show(token).equalsIgnoreCase(text.strip());
  }

  private static String split(String text, Tokenizer tokenizer) {
    int[] tokens = tokenizer.tokensOf(text);
    if (tokens.length == 0) {
      return Quoted.of(text) + " is no token at all";
    }
    StringJoiner parts = new StringJoiner(" ");
    for (int i = 0; i < Math.min(tokens.length, SHOWN); i++) {
      parts.add(Quoted.of(tokenizer.show(tokens[i])));
    }
    return "%s is %d tokens: %s%s"
        .formatted(Quoted.of(text), tokens.length, parts, tokens.length > SHOWN ? " …" : "");
  }

  private static String cure(String text, Tokenizer tokenizer) {
    boolean spaced = text.startsWith(" ");
    String other = spaced ? text.substring(1) : " " + text;
    OptionalInt token = tokenizer.singleToken(other);
    if (token.isPresent() && !isUnknown(token.getAsInt(), other, tokenizer)) {
      return "did you mean %s (%s a leading space), which is one token?"
          .formatted(Quoted.of(other), spaced ? "without" : "with");
    }
    return "choose a text that is one token, or write a token id";
  }

  private static void complain(
      String id, Datum datum, String message, String help, Consumer<Diagnostic> problems) {
    problems.accept(
        Diagnostic.error(id, datum.place().span(), message, help).in(datum.place().file()));
  }
}
