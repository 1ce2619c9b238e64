package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/**
 * Settings on which the native library does not report an error but ends the process: a template
 * with a token that it does not define, a table of replacements with indices outside of it, and
 * merges that lack the prefix that the model gives to the inner pieces of a word.
 */
final class Hazards {
  private final TokenizerFile file;

  private Hazards(TokenizerFile file) {
    this.file = file;
  }

  /**
   * Refuses a file with such a setting.
   *
   * @param prefix {@code continuing_subword_prefix} of the model; empty if it has none
   */
  static void refuse(TokenizerFile file, String prefix) throws IOException {
    Hazards hazards = new Hazards(file);
    for (JsonNode template : file.setting("post_processor").findParents("special_tokens")) {
      for (String input : List.of("single", "pair")) {
        hazards.refuseUndefined(template.path(input), template.path("special_tokens"));
      }
    }
    for (JsonNode table : file.setting("normalizer").findValues("precompiled_charsmap")) {
      hazards.refuseUnsound(table);
    }
    if (!prefix.isEmpty()) {
      hazards.refuseMergesWithout(prefix);
    }
  }

  private void refuseUndefined(JsonNode template, JsonNode defined) {
    for (JsonNode piece : template) {
      JsonNode id = piece.path("SpecialToken").path("id");
      if (id.isTextual() && !defined.has(id.textValue())) {
        throw TokenizerProblem.broken(
            file.path(), "its post-processor does not define `" + id.textValue() + "`");
      }
    }
  }

  private void refuseUnsound(JsonNode table) throws IOException {
    if (table.isTextual() && !CharsMap.isSound(table.binaryValue())) {
      throw TokenizerProblem.broken(file.path(), "its `precompiled_charsmap` is damaged");
    }
  }

  private void refuseMergesWithout(String prefix) throws IOException {
    try (JsonParser parser = TokenizerFile.JSON.createParser(file.bytes())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals("merges")) {
          parser.nextToken();
          JsonNode merges = TokenizerFile.JSON.readTree(parser);
          merges.forEach(merge -> refuseMergeWithout(prefix, merge));
        }
      }
    }
  }

  /** A merge is {@code "left right"} or {@code ["left", "right"]}. */
  private void refuseMergeWithout(String prefix, JsonNode merge) {
    String right =
        merge.isArray()
            ? merge.path(1).asText()
            : merge.asText().substring(merge.asText().indexOf(' ') + 1);
    if (!right.startsWith(prefix)) {
      throw TokenizerProblem.broken(
          file.path(), "the merge " + merge + " lacks `continuing_subword_prefix`, " + prefix);
    }
  }
}
