package org.intervene.lock;

import java.util.List;

/** Files of a model directory, besides its weights, that decide what a model computes. */
public final class ModelFileNames {
  public static final String CONFIG = "config.json";

  /**
   * What decides how texts become tokens; {@code tokenizer.json} is the only one that must exist.
   */
  public static final List<String> TOKENIZER =
      List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");

  private ModelFileNames() {}

  static boolean isTokenizer(String name) {
    return TOKENIZER.contains(name);
  }
}
