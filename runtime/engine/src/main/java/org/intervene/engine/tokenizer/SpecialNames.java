package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.model.JsonFault;

/**
 * What the files beside {@code tokenizer.json} say about special tokens: {@code
 * tokenizer_config.json}, then {@code special_tokens_map.json}, then the ids in {@code
 * config.json}.
 */
final class SpecialNames {
  private final JsonNode tokenizerConfig;
  private final JsonNode map;
  private final JsonNode modelConfig;

  private SpecialNames(JsonNode tokenizerConfig, JsonNode map, JsonNode modelConfig) {
    this.tokenizerConfig = tokenizerConfig;
    this.map = map;
    this.modelConfig = modelConfig;
  }

  /** Reads those of the files that a directory has. */
  static SpecialNames read(Path directory) {
    return new SpecialNames(
        json(directory.resolve("tokenizer_config.json")),
        json(directory.resolve("special_tokens_map.json")),
        json(directory.resolve("config.json")));
  }

  /** {@code add_bos_token}, where the tokenizer's config says it. */
  Optional<Boolean> addsBos() {
    JsonNode says = tokenizerConfig.path("add_bos_token");
    return says.isBoolean() ? Optional.of(says.booleanValue()) : Optional.empty();
  }

  /** The name that a role such as {@code bos_token} has. */
  Optional<String> name(String role) {
    return name(tokenizerConfig.path(role)).or(() -> name(map.path(role)));
  }

  /** {@code bos_token_id} of the model's config. */
  Optional<Integer> bosId() {
    JsonNode id = modelConfig.path("bos_token_id");
    return id.isInt() ? Optional.of(id.intValue()) : Optional.empty();
  }

  /** A token is written as a string or as an object with its content. */
  private static Optional<String> name(JsonNode token) {
    JsonNode text = token.isObject() ? token.path("content") : token;
    return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
  }

  private static JsonNode json(Path file) {
    if (!Files.isRegularFile(file)) {
      return TokenizerFile.JSON.missingNode();
    }
    try {
      return TokenizerFile.JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw TokenizerProblem.broken(file, "it is not JSON: " + JsonFault.said(e));
    } catch (IOException e) {
      throw TokenizerProblem.broken(file, String.valueOf(e.getMessage()));
    }
  }
}
