package org.intervene.metric;

import java.util.LinkedHashSet;
import java.util.Set;

/** The functions that an expression may call, by what they do. */
public final class Functions {
  /** Read something from the model, once for every cell of a run. */
  public static final Set<String> ATOMS =
      ordered(
          "logit",
          "logprob",
          "prob",
          "rank",
          "top1",
          "accuracy",
          "entropy",
          "loss",
          "kl",
          "js",
          "norm",
          "cos",
          "dot",
          "attention",
          "lens");

  /** Take axes away: {@code over} names them, {@code by} names those that stay. */
  public static final Set<String> REDUCTIONS =
      ordered(
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

  /** Work on every entry; {@code min} and {@code max} do so with two arguments or more. */
  public static final Set<String> ELEMENTWISE =
      ordered("exp", "log", "abs", "sqrt", "round", "min", "max");

  /** All of them. */
  public static final Set<String> ALL = union();

  private Functions() {}

  /** Whether a call reads from the model. */
  public static boolean isAtom(String function) {
    return ATOMS.contains(function);
  }

  private static Set<String> ordered(String... names) {
    Set<String> set = new LinkedHashSet<>(java.util.List.of(names));
    return java.util.Collections.unmodifiableSet(set);
  }

  private static Set<String> union() {
    Set<String> all = new LinkedHashSet<>(ATOMS);
    all.addAll(REDUCTIONS);
    all.addAll(ELEMENTWISE);
    return java.util.Collections.unmodifiableSet(all);
  }
}
