package org.intervene.pyvene;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.intervene.diagnostic.Span;

/**
 * A value in a JSON file, and where it stands.
 *
 * @param path of keys, such as {@code representations[1][3]}; empty for the whole file
 * @param node the value; missing where the file has none
 * @param places where each value of the file stands, by path
 */
record Json(String file, String path, JsonNode node, Map<String, Span> places) {
  private static final long MOST_BYTES = 1 << 26;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Reads a file; reports and returns empty if it is not a JSON object. */
  static Optional<Json> read(Path file, Problems problems) {
    String trouble;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it has " + Files.size(file) + " bytes");
      }
      Map<String, Span> places = new HashMap<>();
      JsonNode root;
      try (JsonParser parser = MAPPER.createParser(file.toFile())) {
        parser.nextToken();
        root = value(parser, "", places);
        if (parser.nextToken() != null) {
          throw new IOException("something follows the JSON object");
        }
      }
      if (root.isObject()) {
        return Optional.of(new Json(file.toString(), "", root, places));
      }
      trouble = "it is not a JSON object";
    } catch (JsonProcessingException e) {
      trouble = "it is not JSON: " + e.getOriginalMessage();
    } catch (IOException e) {
      trouble = "it cannot be read: " + e.getMessage();
    }
    problems.broken("pyvene.malformed", file, trouble, "save or write the file again");
    return Optional.empty();
  }

  private static JsonNode value(JsonParser parser, String path, Map<String, Span> places)
      throws IOException {
    var start = parser.currentTokenLocation();
    JsonNode node;
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser, path + "[" + array.size() + "]", places));
      }
      node = array;
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        object.set(key, value(parser, joined(path, key), places));
      }
      node = object;
    } else if (parser.currentToken() == null) {
      throw new IOException("it is empty");
    } else {
      node = parser.readValueAsTree();
    }
    var end = parser.currentLocation();
    boolean oneLine = end.getLineNr() == start.getLineNr();
    int endColumn = oneLine ? end.getColumnNr() : start.getColumnNr() + 1;
    int line = start.getLineNr();
    places.put(path, new Span(line, start.getColumnNr(), line, endColumn));
    return node;
  }

  private static String joined(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Span span() {
    return places.getOrDefault(path, Span.NONE);
  }

  /** The value of a key; a missing one is {@link #absent}. */
  Json get(String key) {
    JsonNode child = node.get(key);
    return new Json(
        file, joined(path, key), child == null ? MissingNode.getInstance() : child, places);
  }

  /** An entry of a list; a missing one is {@link #absent}. */
  Json get(int index) {
    JsonNode child = node.get(index);
    return new Json(
        file, path + "[" + index + "]", child == null ? MissingNode.getInstance() : child, places);
  }

  List<Json> items() {
    List<Json> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(get(i));
    }
    return items;
  }

  /** Whether it is null or not there. */
  boolean absent() {
    return node.isNull() || node.isMissingNode();
  }

  boolean isList() {
    return node.isArray();
  }

  boolean isTrue() {
    return node.isBoolean() && node.booleanValue();
  }

  /** A whole number. */
  OptionalInt whole() {
    return node.isIntegralNumber() && node.canConvertToInt()
        ? OptionalInt.of(node.intValue())
        : OptionalInt.empty();
  }

  Optional<String> text() {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  /** A list of natural numbers; empty if it is something else. */
  Optional<int[]> naturals() {
    if (!isList() || items().stream().anyMatch(i -> i.whole().orElse(-1) < 0)) {
      return Optional.empty();
    }
    return Optional.of(items().stream().mapToInt(i -> i.whole().getAsInt()).toArray());
  }
}
