package org.intervene.model.family;

import java.util.List;
import java.util.Optional;

/** The families that are known. */
public final class Families {
  private static final List<Family> ALL = List.of(Gpt2.FAMILY);

  private Families() {}

  /** The family that a {@code model_type} names. */
  public static Optional<Family> named(String modelType) {
    return ALL.stream().filter(f -> f.name().equals(modelType)).findFirst();
  }

  /** Their names in alphabetical order. */
  public static List<String> names() {
    return ALL.stream().map(Family::name).sorted().toList();
  }
}
