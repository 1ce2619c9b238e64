package org.intervene.generate;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/** Names, texts and numbers, with a taste for the ones that break printers. */
final class RandomWords {
  private static final List<String> NAMES =
      List.of(
          "ld",
          "restored",
          "layer",
          "pos",
          "head",
          "h",
          "facts",
          "subject",
          "answer",
          "foil",
          "A",
          "B",
          "S",
          "x1",
          "_",
          "résumé",
          "α",
          "数据",
          "camelCase",
          "e",
          "E5",
          "null",
          "true",
          "yes",
          "no",
          "on",
          "off",
          "y",
          "n",
          "inf",
          "nan",
          "token");

  /** Every word of the language that may be a name. */
  private static final List<String> KEYWORDS =
      List.of(
          "about",
          "authors",
          "circuit",
          "cite",
          "data",
          "dictionary",
          "expect",
          "experiment",
          "golden",
          "metric",
          "model",
          "param",
          "plot",
          "run",
          "subspace",
          "tokens",
          "vector",
          "ablate",
          "add",
          "clamp",
          "collect",
          "freeze",
          "knock",
          "mean",
          "noise",
          "patch",
          "resample",
          "scale",
          "set",
          "skip",
          "steer",
          "subtract",
          "zero",
          "along",
          "as",
          "bos",
          "by",
          "clean",
          "corrupt",
          "device",
          "digest",
          "distinct",
          "dtype",
          "except",
          "file",
          "for",
          "from",
          "in",
          "length",
          "like",
          "on",
          "out",
          "over",
          "pairs",
          "random",
          "redraw",
          "relative",
          "repeat",
          "replace",
          "rows",
          "seed",
          "series",
          "sigma",
          "swap",
          "template",
          "to",
          "with",
          "within",
          "x",
          "y");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          " Paris",
          "Paris ",
          "The Eiffel Tower is in",
          "a: b",
          "a #b",
          "#",
          "- a",
          "-",
          "'",
          "''",
          "\"",
          "\\",
          "\\n",
          "\n",
          "a\nb",
          "\n\n",
          "\t",
          "a\tb",
          "null",
          "~",
          "yes",
          "No",
          "on",
          "42",
          "-1",
          "1e5",
          "0x1F",
          "010",
          "1_000",
          "1:30",
          "2001-12-14",
          ".5",
          "5.",
          "+1",
          ".inf",
          "{a}",
          "{{",
          "}",
          "[",
          "]",
          ",",
          "a, b",
          "&a",
          "*a",
          "!a",
          "|",
          ">",
          "%",
          "@",
          "`",
          "?",
          "? a",
          "a?",
          ":",
          "a:",
          "<<",
          "=",
          "---",
          "...",
          "é",
          "數",
          "😀",
          "👩‍🔬",
          "e\u0301",
          "\u00A0",
          "\u2028",
          "\u2029",
          "\u0085",
          "\u0000",
          "\u001B",
          "\u007F",
          "\uFEFF",
          "\uFFFE",
          "\uFFFF",
          "\uE000",
          "\uD83F\uDFFF",
          "\r",
          "a\r\nb",
          "\f",
          "/",
          "//",
          "a // b",
          "builtin:primer",
          "C:\\temp",
          "\u201Cquoted\u201D");

  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  Word word(String text) {
    return new Word(Span.NONE, text);
  }

  String plainName() {
    return of(random.nextInt(3) == 0 ? KEYWORDS : NAMES);
  }

  Word name() {
    return word(plainName());
  }

  Word dotted() {
    return word(random.nextInt(3) == 0 ? plainName() + "." + plainName() : plainName());
  }

  String plainText() {
    return switch (random.nextInt(8)) {
      case 0 -> of(TEXTS) + of(TEXTS);
      case 1 -> "long ".repeat(1 + random.nextInt(30)) + of(TEXTS);
      default -> of(TEXTS);
    };
  }

  Word text() {
    return word(plainText());
  }

  /** A number that is not negative. */
  double number() {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextInt(10);
      case 1 -> random.nextInt(1_000_000);
      case 2 -> random.nextDouble();
      case 3 -> Math.abs(Double.longBitsToDouble(random.nextLong() & 0x7FDFFFFFFFFFFFFFL));
      case 4 -> Math.pow(10, random.nextInt(40) - 20);
      case 5 -> 0x1p53 - random.nextInt(3);
      default -> random.nextInt(1000) / 100.0;
    };
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  <T> T of(T[] all) {
    return all[random.nextInt(all.length)];
  }

  @SafeVarargs
  final <T> T one(Supplier<? extends T>... all) {
    return all[random.nextInt(all.length)].get();
  }

  <T> Optional<T> maybe(Supplier<T> make) {
    return random.nextInt(3) == 0 ? Optional.of(make.get()) : Optional.empty();
  }

  <T> List<T> several(int least, int most, Supplier<? extends T> make) {
    int number = least + random.nextInt(most - least + 1);
    Stream<T> all = IntStream.range(0, number).mapToObj(i -> make.get());
    return all.toList();
  }
}
