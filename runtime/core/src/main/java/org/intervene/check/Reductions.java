package org.intervene.check;

import java.util.Set;

/** The functions that make fewer numbers out of many. */
public final class Reductions {
  private static final Set<String> NAMES =
      Set.of(
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
          "topk");

  private Reductions() {}

  public static boolean contains(String function) {
    return NAMES.contains(function);
  }
}
