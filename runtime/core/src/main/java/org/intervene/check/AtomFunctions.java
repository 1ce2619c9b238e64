package org.intervene.check;

import java.util.Map;
import java.util.Optional;

/**
 * The functions that read a model's outputs or activations; everything else in a metric is
 * arithmetic.
 */
public final class AtomFunctions {
  private static final Map<String, String> USAGE =
      Map.ofEntries(
          Map.entry("logit", "logit(TOKEN)"),
          Map.entry("logprob", "logprob(TOKEN)"),
          Map.entry("prob", "prob(TOKEN)"),
          Map.entry("rank", "rank(TOKEN)"),
          Map.entry("accuracy", "accuracy(TOKEN)"),
          Map.entry("top1", "top1()"),
          Map.entry("entropy", "entropy()"),
          Map.entry("loss", "loss()"),
          Map.entry("kl", "kl(RUN)"),
          Map.entry("js", "js(RUN)"),
          Map.entry("norm", "norm(SITE)"),
          Map.entry("cos", "cos(SITE, VECTOR)"),
          Map.entry("dot", "dot(SITE, VECTOR)"),
          Map.entry("attention", "attention(LAYER, HEAD, DST, SRC)"),
          Map.entry("lens", "lens(LAYER, TOKEN)"));

  private AtomFunctions() {}

  public static boolean contains(String function) {
    return USAGE.containsKey(function);
  }

  /** How it is written, such as {@code logit(TOKEN)}. */
  public static Optional<String> usage(String function) {
    return Optional.ofNullable(USAGE.get(function));
  }

  /** How many arguments it takes. */
  public static int arity(String function) {
    String usage = USAGE.get(function);
    String inside = usage.substring(usage.indexOf('(') + 1, usage.length() - 1);
    return inside.isEmpty() ? 0 : inside.split(",").length;
  }

  /** Index of the argument that is a token; -1 if there is none. */
  public static int tokenArgument(String function) {
    return switch (function) {
      case "logit", "logprob", "prob", "rank", "accuracy" -> 0;
      case "lens" -> 1;
      default -> -1;
    };
  }

  /** Whether the first argument is a run. */
  public static boolean comparesRuns(String function) {
    return function.equals("kl") || function.equals("js");
  }
}
