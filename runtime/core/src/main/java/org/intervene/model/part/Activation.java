package org.intervene.model.part;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nonlinearity of an MLP. */
public enum Activation {
  /** x times the normal distribution function of x. */
  GELU,
  /** The tanh approximation of GELU. */
  GELU_TANH,
  /** The tanh approximation with sqrt(2 / pi) as 0.79788456, which is how BLOOM computes it. */
  GELU_TANH_SHORT,
  /** x times sigmoid(1.702 x). */
  GELU_QUICK,
  RELU,
  /** The square of RELU. */
  RELU_SQUARED,
  /** x times sigmoid(x). */
  SILU,
  TANH;

  private static final Map<String, Activation> NAMES =
      Map.ofEntries(
          Map.entry("gelu", GELU),
          Map.entry("gelu_python", GELU),
          Map.entry("gelu_new", GELU_TANH),
          Map.entry("gelu_fast", GELU_TANH),
          Map.entry("gelu_accurate", GELU_TANH),
          Map.entry("gelu_pytorch_tanh", GELU_TANH),
          Map.entry("gelu_python_tanh", GELU_TANH),
          Map.entry("quick_gelu", GELU_QUICK),
          Map.entry("relu", RELU),
          Map.entry("relu2", RELU_SQUARED),
          Map.entry("silu", SILU),
          Map.entry("swish", SILU),
          Map.entry("tanh", TANH));

  /** The activation that transformers calls by this name. */
  public static Optional<Activation> named(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /** Names that {@link #named} knows. */
  public static Set<String> names() {
    return NAMES.keySet();
  }
}
