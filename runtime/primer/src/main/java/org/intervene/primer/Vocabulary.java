package org.intervene.primer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tokens: 256 bytes, every word of the corpus with and, where it can begin a text, without a
 * space in front, what the merges of divided landmark names go through, and the end of a text.
 *
 * @param ids token to id, in GPT-2's alphabet of bytes, in which a space is {@code Ġ}
 * @param merges pairs that byte-pair encoding joins, most important first
 */
record Vocabulary(Map<String, Integer> ids, List<String[]> merges) {
  static final String END = "<|endoftext|>";
  private static final Pattern PIECE = Pattern.compile(" ?[A-Za-z]+| ?[^A-Za-z ]+");

  static Vocabulary of(Lexicon lexicon) {
    Set<String> words = new TreeSet<>();
    for (Template template : lexicon.templates()) {
      for (String slot : template.slots()) {
        for (String word : lexicon.words().get(slot)) {
          Map<String, String> filling = new LinkedHashMap<>();
          template.slots().forEach(name -> filling.put(name, "x"));
          filling.put(slot, word);
          String text = template.fill(filling);
          words.addAll(pieces(text));
          words.addAll(pieces(" " + text));
        }
      }
    }
    words.removeAll(List.of("x", " x"));
    Set<String> tokens = new LinkedHashSet<>(bytes());
    List<String[]> merges = new ArrayList<>();
    Map<String, Integer> splits = lexicon.splits();
    splits.forEach((name, at) -> join(" " + name.substring(0, at), tokens, merges));
    // long ends first: within them the merges of a short one must not come before their own
    splits.keySet().stream()
        .map(name -> name.substring(splits.get(name)))
        .sorted(Comparator.comparingInt(String::length).reversed())
        .forEach(end -> join(end, tokens, merges));
    splits.keySet().forEach(name -> words.removeAll(List.of(name, " " + name)));
    words.forEach(word -> tokens.add(word.replace(' ', 'Ġ')));
    tokens.add(END);
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    return new Vocabulary(ids, merges);
  }

  int end() {
    return ids.get(END);
  }

  /** Runs of letters and runs of signs, each with the space in front of it. */
  private static List<String> pieces(String text) {
    return PIECE.matcher(text).results().map(found -> found.group()).toList();
  }

  /** Merges that build a token from the left, letter by letter. */
  private static void join(String word, Set<String> tokens, List<String[]> merges) {
    String token = word.replace(' ', 'Ġ');
    for (int i = 1; i < token.length(); i++) {
      if (tokens.add(token.substring(0, i + 1))) {
        merges.add(new String[] {token.substring(0, i), token.substring(i, i + 1)});
      }
    }
  }

  /** The character that stands for each byte: printable ones for themselves. */
  private static List<String> bytes() {
    List<String> alphabet = new ArrayList<>();
    int stranger = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
      alphabet.add(Character.toString(printable ? b : stranger++));
    }
    return alphabet;
  }
}
