package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes settings of a {@code tokenizer.json} before the native library sees it, and leaves every
 * other byte as it is.
 */
final class Rewriting {
  private Rewriting() {}

  /**
   * No truncation and no padding, and offsets that include the space in front of a word: a token is
   * then accounted for by all the characters that made it.
   */
  static String plain(TokenizerFile file) {
    return splice(file, plainSettings(file));
  }

  /** {@link #plain}, and no space put in front of a text that has none. */
  static String continuing(TokenizerFile file) {
    Map<String, JsonNode> changed = plainSettings(file);
    changed.put("normalizer", withoutPrefix(file.setting("normalizer")));
    changed.put("pre_tokenizer", withoutPrefix(file.setting("pre_tokenizer")));
    return splice(file, changed);
  }

  /**
   * Whether the tokenizer puts a space in front of a text that has none. One that drops all spaces
   * and marks every word does not count: it needs the mark, and spaces make no difference to it.
   */
  static boolean addsPrefix(TokenizerFile file) {
    boolean dropsSpaces =
        file.setting("pre_tokenizer").findValues("type").stream()
            .anyMatch(type -> type.asText().startsWith("Whitespace"));
    if (dropsSpaces) {
      return false;
    }
    return List.of("normalizer", "pre_tokenizer").stream()
        .map(file::setting)
        .anyMatch(node -> !withoutPrefix(node).equals(node));
  }

  private static Map<String, JsonNode> plainSettings(TokenizerFile file) {
    Map<String, JsonNode> changed = new HashMap<>();
    changed.put("truncation", TokenizerFile.JSON.nullNode());
    changed.put("padding", TokenizerFile.JSON.nullNode());
    JsonNode postProcessor = file.setting("post_processor").deepCopy();
    postProcessor
        .findParents("trim_offsets")
        .forEach(parent -> ((ObjectNode) parent).put("trim_offsets", false));
    changed.put("post_processor", postProcessor);
    return changed;
  }

  /** The setting with every step that adds a leading space made not to. */
  private static JsonNode withoutPrefix(JsonNode setting) {
    JsonNode copy = setting.deepCopy();
    if (isPrepend(copy)) {
      return TokenizerFile.JSON.nullNode();
    }
    copy.findParents("type").forEach(step -> stopPrefix((ObjectNode) step));
    return copy;
  }

  private static void stopPrefix(ObjectNode step) {
    if (step.path("type").asText().equals("Metaspace")) {
      step.put("prepend_scheme", "never");
      if (step.has("add_prefix_space")) {
        step.put("add_prefix_space", false);
      }
    } else if (step.path("add_prefix_space").asBoolean()) {
      step.put("add_prefix_space", false);
    }
    for (String list : List.of("normalizers", "pretokenizers")) {
      if (step.path(list) instanceof ArrayNode steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
          if (isPrepend(steps.get(i))) {
            steps.remove(i);
          }
        }
      }
    }
  }

  private static boolean isPrepend(JsonNode step) {
    return step.path("type").asText().equals("Prepend");
  }

  private static String splice(TokenizerFile file, Map<String, JsonNode> changed) {
    byte[] bytes = file.bytes();
    StringBuilder text = new StringBuilder(bytes.length);
    int from = 0;
    List<Map.Entry<String, TokenizerFile.Setting>> inOrder =
        file.settings().entrySet().stream()
            .filter(e -> changed.containsKey(e.getKey()) && e.getValue().value().isObject())
            .sorted(Comparator.comparingInt(e -> e.getValue().start()))
            .toList();
    for (Map.Entry<String, TokenizerFile.Setting> entry : inOrder) {
      TokenizerFile.Setting old = entry.getValue();
      text.append(new String(bytes, from, old.start() - from, StandardCharsets.UTF_8));
      text.append(changed.get(entry.getKey()));
      from = old.end();
    }
    return text.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
        .toString();
  }
}
