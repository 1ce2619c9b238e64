package org.intervene.read;

import java.util.Locale;
import java.util.Optional;

/** The two ways to write a spec. */
public enum Notation {
  /** The language's own notation, {@code .ivn}. */
  IVN,
  /** YAML, {@code .yaml} or {@code .yml}. */
  YAML;

  /** The notation of a file, by its name. */
  public static Optional<Notation> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".ivn")) {
      return Optional.of(IVN);
    }
    return name.endsWith(".yaml") || name.endsWith(".yml") ? Optional.of(YAML) : Optional.empty();
  }

  /** The word that begins a required clause here. */
  String keyword(String clause) {
    return this == YAML && clause.equals("run") ? "runs" : clause;
  }

  /** A required clause as it may look. */
  String example(String clause) {
    boolean yaml = this == YAML;
    return switch (clause) {
      case "experiment" -> yaml ? "experiment: name" : "experiment \"name\"";
      case "model" -> yaml ? "model: \"builtin:primer\"" : "model \"builtin:primer\"";
      default -> yaml ? "runs: {clean: {on: facts.clean}}" : "run clean on facts.clean";
    };
  }
}
