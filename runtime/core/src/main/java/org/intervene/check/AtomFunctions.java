package org.intervene.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions that read a model's outputs or activations; everything else in a metric is
 * arithmetic.
 */
public final class AtomFunctions {
  private static final Map<String, String> USAGE = new LinkedHashMap<>();

  static {
    for (String usage :
        List.of(
            "logit(TOKEN)",
            "logprob(TOKEN)",
            "prob(TOKEN)",
            "rank(TOKEN)",
            "top1()",
            "accuracy(TOKEN)",
            "entropy()",
            "loss()",
            "kl(RUN)",
            "js(RUN)",
            "norm(SITE)",
            "cos(SITE, VECTOR)",
            "dot(SITE, VECTOR)",
            "attention(LAYER, HEAD, DST, SRC)",
            "lens(LAYER, TOKEN)")) {
      USAGE.put(usage.substring(0, usage.indexOf('(')), usage);
    }
  }

  private AtomFunctions() {}

  /** All of them, in the order of the language reference. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(USAGE.keySet());
  }

  /** Whether a function is one of them. */
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
