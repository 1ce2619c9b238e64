package org.intervene.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;

/** Finds the stretch of a text that a name means, and the tokens that lie on it. */
final class NamedSpans {
  private final Consumer<Diagnostic> problems;
  private final Example example;
  private final String column;
  private final Span use;

  NamedSpans(Example example, String column, Span use, Consumer<Diagnostic> problems) {
    this.example = example;
    this.column = column;
    this.use = use;
    this.problems = problems;
  }

  /** The stretch that a name means in the input column's text; an error if there is none. */
  Optional<Stretch> stretch(String name) {
    if (!(example.columns().get(column) instanceof Datum.Text input)) {
      return complain(
          "span.no-text",
          atUse(),
          "`%s` holds no text in which `%s` could be found".formatted(column, name),
          "select positions of raw tokens by index");
    }
    List<Stretch> slots = input.slots().getOrDefault(name, List.of());
    if (slots.size() == 1) {
      return Optional.of(slots.get(0));
    } else if (!slots.isEmpty()) {
      return complain(
          "span.ambiguous",
          atUse(),
          "the slot {%s} stands %d times in the template".formatted(name, slots.size()),
          "give one of them a name of its own: `{%s_2}` with `%s_2 = %s`"
              .formatted(name, name, name));
    }
    Datum named = example.columns().get(column + "." + name);
    if (named == null) {
      named = example.columns().get(name);
    }
    if (named instanceof Datum.Text text) {
      return search(name, text, input);
    }
    return named == null ? unknown(name, input) : notText(name, named);
  }

  /** Whether a slot or a column has this name. */
  boolean isNamed(String name) {
    boolean slot =
        example.columns().get(column) instanceof Datum.Text input
            && input.slots().containsKey(name);
    return slot
        || example.columns().containsKey(column + "." + name)
        || example.columns().containsKey(name);
  }

  /** Ascending positions of the mask tokens of an input; an error if there are none. */
  Optional<int[]> masks(Input input, OptionalInt mask) {
    if (mask.isEmpty()) {
      return complain(
          "span.no-mask",
          atUse(),
          "the model has no tokenizer that says which token is the mask",
          "say the position, such as `@ 3`");
    }
    int[] positions =
        IntStream.range(0, input.tokens().length)
            .filter(i -> input.tokens()[i] == mask.getAsInt())
            .toArray();
    return positions.length > 0
        ? Optional.of(positions)
        : complain(
            "span.no-mask",
            atUse(),
            "`%s` of row %d holds no mask token".formatted(column, example.index() + 1),
            "write the mask where a word is to be guessed, or say a position: `@ last`");
  }

  /** Ascending positions of the tokens that lie on a stretch. */
  Optional<int[]> positions(String name, Stretch stretch, Input input) {
    int[] positions =
        IntStream.range(0, input.tokens().length)
            .filter(i -> input.starts()[i] < stretch.end() && input.ends()[i] > stretch.start())
            .toArray();
    if (positions.length == 0) {
      return complain(
          "span.no-token",
          atUse(),
          "no token of row %d lies on `%s`".formatted(example.index() + 1, name),
          "choose a stretch of the text that is not left out by the tokenizer");
    }
    for (int position : positions) {
      int start = input.starts()[position];
      int end = input.ends()[position];
      boolean before =
          !input.text().substring(Math.min(start, stretch.start()), stretch.start()).isBlank();
      if (before || end > stretch.end()) {
        return complain(
            "span.splits-token",
            atUse(),
            "`%s` of row %d is %s, and the token %s covers more than that"
                .formatted(
                    name,
                    example.index() + 1,
                    Quoted.of(input.text().substring(stretch.start(), stretch.end())),
                    Quoted.of(input.text().substring(start, end))),
            "choose a stretch that begins and ends where tokens do");
      }
    }
    return Optional.of(positions);
  }

  private Optional<Stretch> search(String name, Datum.Text wanted, Datum.Text input) {
    List<Integer> found = occurrences(wanted.text(), input.text());
    String where = "`%s` of row %d".formatted(column, example.index() + 1);
    if (found.isEmpty()) {
      return complain(
          "span.not-found",
          wanted.place(),
          wanted.text().isEmpty()
              ? "the span `%s` is an empty text".formatted(name)
              : "%s does not stand in %s: %s"
                  .formatted(Quoted.of(wanted.text()), where, Quoted.of(input.text())),
          "write the part of the input as it stands there, spaces and capitals included");
    } else if (found.size() > 1) {
      return complain(
          "span.ambiguous",
          wanted.place(),
          "%s stands %d times in %s".formatted(Quoted.of(wanted.text()), found.size(), where),
          "add text around it until it stands there once, or use a template's slot");
    }
    int start = found.get(0);
    return Optional.of(new Stretch(start, start + wanted.text().length()));
  }

  private static List<Integer> occurrences(String wanted, String text) {
    List<Integer> found = new ArrayList<>();
    int at = wanted.isEmpty() ? -1 : text.indexOf(wanted);
    while (at >= 0) {
      found.add(at);
      at = text.indexOf(wanted, at + 1);
    }
    return found;
  }

  private Optional<Stretch> unknown(String name, Datum.Text input) {
    Set<String> known = new LinkedHashSet<>(input.slots().keySet());
    for (String other : example.columns().keySet()) {
      if (other.startsWith(column + ".")) {
        known.add(other.substring(column.length() + 1));
      } else if (!other.equals(column) && other.indexOf('.') < 0) {
        known.add(other);
      }
    }
    return complain(
        "span.unknown",
        atUse(),
        "`%s` has no span called `%s`".formatted(column, name),
        Suggestions.didYouMean(name, known)
            .orElse(
                "add a column `%s.%s` whose text is the part of `%s` that you mean"
                    .formatted(column, name, column)));
  }

  private Optional<Stretch> notText(String name, Datum named) {
    return complain(
        "span.no-text",
        named.place(),
        "`%s` is %s, and a span is named by its text".formatted(name, named.kind()),
        "write the part of `%s` that you mean".formatted(column));
  }

  private Place atUse() {
    return new Place("", use);
  }

  private <T> Optional<T> complain(String id, Place place, String message, String help) {
    problems.accept(Diagnostic.error(id, place.span(), message, help).in(place.file()));
    return Optional.empty();
  }
}
