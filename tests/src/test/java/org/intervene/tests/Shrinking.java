package org.intervene.tests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes a failing spec small: leaves out lines, many at once at first, then makes what is left of
 * each line simpler, for as long as it still fails.
 */
final class Shrinking {
  private record Simpler(Pattern part, String by) {
    Simpler(String part, String by) {
      this(Pattern.compile(part), by);
    }
  }

  private static final List<Simpler> SIMPLER =
      List.of(
          new Simpler(" for .* \\{", " {"),
          new Simpler("layer in all, ", ""),
          new Simpler(", pos in all", ""),
          new Simpler(" in all", " in [0]"),
          new Simpler("\\.unit\\[[^]]*]", ""),
          new Simpler("\\.head\\[[^]]*]", ""),
          new Simpler(" @ [^ ]+", ""));

  private final Predicate<String> fails;

  private Shrinking(Predicate<String> fails) {
    this.fails = fails;
  }

  /**
   * A smaller spec that fails too; the same one if there is none.
   *
   * @param fails false for texts that are no specs any more
   */
  static String smallest(String spec, Predicate<String> fails) {
    Shrinking shrinking = new Shrinking(fails);
    String before;
    String now = spec;
    do {
      before = now;
      now = shrinking.simpler(shrinking.shorter(now));
    } while (!now.equals(before));
    return now;
  }

  private String shorter(String spec) {
    List<String> lines = new ArrayList<>(Arrays.asList(spec.split("\n")));
    for (int size = lines.size() / 2; size > 0; size--) {
      for (int at = lines.size() - size; at >= 0; at--) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.subList(at, Math.min(at + size, fewer.size())).clear();
        if (fails.test(text(fewer))) {
          lines = fewer;
          at = Math.min(at, lines.size() - size + 1);
        }
      }
    }
    return text(lines);
  }

  private String simpler(String spec) {
    List<String> lines = new ArrayList<>(Arrays.asList(spec.split("\n")));
    for (int i = 0; i < lines.size(); i++) {
      for (Simpler rule : SIMPLER) {
        String old = lines.set(i, rule.part.matcher(lines.get(i)).replaceFirst(rule.by));
        if (!lines.get(i).equals(old) && !fails.test(text(lines))) {
          lines.set(i, old);
        }
      }
    }
    return text(lines);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
