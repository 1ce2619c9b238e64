package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.intervene.model.JsonFault;

/**
 * A {@code tokenizer.json}, read in one pass: its bytes, its settings as trees, and its vocabulary,
 * which is too large for a tree.
 */
final class TokenizerFile {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private final byte[] bytes;
  private final Pieces pieces = new Pieces();
  private final Map<String, Setting> settings = new HashMap<>();
  private boolean dropout;
  private OptionalInt unknownId = OptionalInt.empty();
  private String unknownPiece;
  private boolean isBpe;
  private String prefix = "";

  /** A top-level value with the bytes [start, end) that it was read from. */
  record Setting(JsonNode value, int start, int end) {}

  private TokenizerFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /**
   * Reads the file.
   *
   * @throws org.intervene.diagnostic.DiagnosticException if it is missing, not JSON, not a
   *     tokenizer, or one that splits at random
   */
  static TokenizerFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw TokenizerProblem.missing(path);
    }
    try {
      TokenizerFile file = new TokenizerFile(path, Files.readAllBytes(path));
      file.parse();
      Hazards.refuse(file, file.isBpe ? file.prefix : "");
      return file;
    } catch (JsonProcessingException e) {
      throw TokenizerProblem.broken(path, JsonFault.said(e));
    } catch (IOException | IllegalArgumentException e) {
      throw TokenizerProblem.broken(path, e.getMessage());
    }
  }

  Path path() {
    return path;
  }

  byte[] bytes() {
    return bytes;
  }

  Pieces pieces() {
    return pieces;
  }

  /** The token that stands for whatever the vocabulary lacks. */
  OptionalInt unknown() {
    return unknownPiece == null ? unknownId : pieces.id(unknownPiece);
  }

  /** A top-level setting such as {@code decoder}; a missing node if the file has none. */
  JsonNode setting(String name) {
    Setting setting = settings.get(name);
    return setting == null ? JSON.missingNode() : setting.value;
  }

  /** Top-level settings other than the model, by name. */
  Map<String, Setting> settings() {
    return settings;
  }

  private void parse() throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw TokenizerProblem.broken(path, "it is not a JSON object");
      }
      boolean model = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals("model")) {
          parser.nextToken();
          parseModel(parser);
          model = true;
        } else {
          parseSetting(name, parser);
        }
      }
      if (!model) {
        throw TokenizerProblem.broken(path, "it has no `model`");
      }
    }
    if (dropout) {
      throw TokenizerProblem.random(path);
    }
    setting("added_tokens").forEach(t -> pieces.add(t.path("id"), t.path("content")));
  }

  private void parseSetting(String name, JsonParser parser) throws IOException {
    parser.nextToken();
    int start = (int) parser.currentTokenLocation().getByteOffset();
    JsonNode value = JSON.readTree(parser);
    settings.put(name, new Setting(value, start, (int) parser.currentLocation().getByteOffset()));
  }

  private void parseModel(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw TokenizerProblem.broken(path, "its `model` is not an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
        parseVocabulary(parser);
      } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
        parseScores(parser);
      } else if (name.equals("dropout") && value.isNumeric()) {
        dropout = parser.getDoubleValue() > 0;
      } else if (name.equals("unk_token") && value == JsonToken.VALUE_STRING) {
        unknownPiece = parser.getText();
      } else if (name.equals("unk_id")
          && value == JsonToken.VALUE_NUMBER_INT
          && parser.getIntValue() >= 0) {
        unknownId = OptionalInt.of(parser.getIntValue());
      } else if (name.equals("continuing_subword_prefix") && value == JsonToken.VALUE_STRING) {
        prefix = parser.getText();
      } else if (name.equals("merges")) {
        isBpe = true;
        parser.skipChildren();
      } else {
        parser.skipChildren();
      }
    }
  }

  /** {@code {"piece": id}}: BPE, WordPiece and word-level models. */
  private void parseVocabulary(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String piece = parser.currentName();
      parser.nextToken();
      pieces.put(parser.getIntValue(), piece);
    }
  }

  /** {@code [["piece", score]]}, the id being the index: Unigram models. */
  private void parseScores(JsonParser parser) throws IOException {
    int id = 0;
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      pieces.put(id++, parser.nextTextValue());
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
      }
    }
  }
}
