package org.intervene.model.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The families that are known. */
public final class Families {
  private static final List<Family> ALL =
      Stream.of(
              GptFamilies.ALL,
              NeoFamilies.ALL,
              GptJFamilies.ALL,
              List.of(OptFamily.FAMILY, FalconFamily.FAMILY),
              AlibiFamilies.ALL,
              LlamaFamilies.ALL,
              QwenFamilies.ALL,
              GemmaFamilies.ALL,
              PhiFamilies.ALL,
              OtherFamilies.ALL,
              EncoderFamilies.ALL)
          .flatMap(List::stream)
          .toList();

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
