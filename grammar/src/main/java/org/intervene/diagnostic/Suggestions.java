package org.intervene.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the names that a misspelt one was probably meant to be. */
public final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** The nearest name, if one is near enough to be worth saying. */
  public static Optional<String> nearest(String word, Collection<String> vocabulary) {
    return near(word, vocabulary).stream().findFirst();
  }

  /**
   * Up to three names that are near enough, nearest first, equally near ones in the alphabet's
   * order.
   */
  public static List<String> near(String word, Collection<String> vocabulary) {
    String wanted = word.toLowerCase(Locale.ROOT);
    int limit = word.length() < 2 ? 0 : Math.max(1, word.length() / 3);
    record Candidate(String name, int distance) {}
    List<Candidate> candidates =
        vocabulary.stream()
            .distinct()
            .filter(name -> !name.equals(word))
            .filter(name -> Math.abs(name.length() - word.length()) <= limit)
            .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
            .filter(candidate -> candidate.distance <= limit)
            .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
            .toList();
    return candidates.stream()
        .filter(candidate -> candidate.distance == candidates.get(0).distance)
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** {@code did you mean `metric`?}, or nothing. */
  public static Optional<String> didYouMean(String word, Collection<String> vocabulary) {
    List<String> names = near(word, vocabulary);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("did you mean `" + String.join("` or `", names) + "`?");
  }

  /**
   * Insertions, deletions, substitutions and exchanges of neighbours that turn one text into the
   * other (optimal string alignment distance).
   */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(previous[j], current[j - 1]) + 1, previous[j - 1] + change);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        current[j] = exchanged ? Math.min(best, before[j - 2] + 1) : best;
      }
      int[] spare = before;
      before = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
