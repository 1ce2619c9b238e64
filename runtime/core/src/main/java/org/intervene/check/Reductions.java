package org.intervene.check;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The functions that make fewer numbers out of many. */
public final class Reductions {
  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "mean",
                  "median",
                  "sum",
                  "min",
                  "max",
                  "sem",
                  "quantile",
                  "count",
                  "ci",
                  "argmax",
                  "argmin",
                  "topk")));

  private Reductions() {}

  /** All of them, in the order of the language reference. */
  public static Set<String> names() {
    return NAMES;
  }

  /** Whether a function is one of them. */
  public static boolean contains(String function) {
    return NAMES.contains(function);
  }
}
