package org.intervene.engine.source.pull;

import java.util.regex.Pattern;

/**
 * Which files of a repository are fetched: configuration, weights as safetensors, tokenizer. Never
 * pickles, never code, never anything in a subdirectory.
 */
final class Wanted {
  /** All weights in one file. */
  static final String SINGLE = "model.safetensors";

  private static final String INDEX = "model.safetensors.index.json";
  private static final Pattern SHARD = Pattern.compile("model-[0-9]+-of-[0-9]+\\.safetensors");
  private static final Pattern OTHER =
      Pattern.compile(
          "config\\.json|tokenizer[A-Za-z0-9_]*\\.json"
              + "|special_tokens_map\\.json|added_tokens\\.json|vocab\\.(?:json|txt)|merges\\.txt");

  private Wanted() {}

  static boolean isWanted(String name) {
    return isWeights(name) || name.equals(INDEX) || OTHER.matcher(name).matches();
  }

  static boolean isWeights(String name) {
    return name.equals(SINGLE) || SHARD.matcher(name).matches();
  }

  /** Whether a file is of no use beside weights in one file. */
  static boolean isOfShards(String name) {
    return name.equals(INDEX) || SHARD.matcher(name).matches();
  }
}
