package org.intervene.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A model directory that is whole until a test harms it. */
final class VictimModel {
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";

  private static final Path SOURCE = Path.of("src/test/resources/conformance/gpt2-plain");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> WORDS =
      List.of("[UNK]", "the", "capital", "of", "France", "Italy", "is", "Paris", "Rome");
  private static final int VOCABULARY = 43;

  private final Path directory;

  private VictimModel(Path directory) {
    this.directory = directory;
  }

  /** A small GPT-2 of random weights with a tokenizer of words. */
  static VictimModel in(Path directory) throws IOException {
    VictimModel model = new VictimModel(Files.createDirectories(directory));
    for (String file : List.of(CONFIG, WEIGHTS)) {
      Files.copy(SOURCE.resolve(file), directory.resolve(file));
    }
    model.words(VOCABULARY);
    return model;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  void delete(String name) throws IOException {
    Files.delete(file(name));
  }

  void write(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  void write(String name, byte[] bytes) throws IOException {
    Files.write(file(name), bytes);
  }

  void link(String name, String target) throws IOException {
    Files.deleteIfExists(file(name));
    Files.createSymbolicLink(file(name), Path.of(target));
  }

  /** Keeps the first bytes of a file. */
  void cut(String name, long bytes) throws IOException {
    byte[] all = Files.readAllBytes(file(name));
    Files.write(file(name), Arrays.copyOf(all, Math.toIntExact(bytes)));
  }

  long size(String name) throws IOException {
    return Files.size(file(name));
  }

  /** Gives a key of config.json another value, written as JSON. */
  void config(String key, String value) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(file(CONFIG).toFile());
    config.set(key, JSON.readTree(value));
    JSON.writeValue(file(CONFIG).toFile(), config);
  }

  void configWithout(String key) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(file(CONFIG).toFile());
    config.remove(key);
    JSON.writeValue(file(CONFIG).toFile(), config);
  }

  /** A tokenizer with that many words; those that a spec needs come first. */
  void words(int count) throws IOException {
    words(count, WORDS);
  }

  void words(int count, List<String> first) throws IOException {
    ObjectNode vocabulary = JSON.createObjectNode();
    IntStream.range(0, count)
        .forEach(i -> vocabulary.put(i < first.size() ? first.get(i) : "word" + i, i));
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putArray("added_tokens");
    root.putObject("pre_tokenizer").put("type", "Whitespace");
    ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", "[UNK]");
    model.set("vocab", vocabulary);
    JSON.writeValue(file(TOKENIZER).toFile(), root);
  }

  /** Changes what the header says; the data stay. */
  void header(Consumer<ObjectNode> change) throws IOException {
    ObjectNode header = (ObjectNode) JSON.readTree(headerText());
    change.accept(header);
    headerText(JSON.writeValueAsString(header));
  }

  /** Changes what the header says about one tensor. */
  void entry(String tensor, String key, String value) throws IOException {
    ObjectNode header = (ObjectNode) JSON.readTree(headerText());
    ((ObjectNode) header.get(tensor)).set(key, JSON.readTree(value));
    headerText(JSON.writeValueAsString(header));
  }

  /** The header as it stands there. */
  String headerText() throws IOException {
    ByteBuffer all = weights();
    return new String(all.array(), 8, Math.toIntExact(all.getLong(0)), StandardCharsets.UTF_8);
  }

  /** Replaces the header by a text, keeping the data. */
  void headerText(String text) throws IOException {
    ByteBuffer all = weights();
    int data = 8 + Math.toIntExact(all.getLong(0));
    byte[] header = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(8 + header.length + all.capacity() - data);
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    out.put(all.array(), data, all.capacity() - data);
    Files.write(file(WEIGHTS), out.array());
  }

  /** Writes the length that the file claims for its header. */
  void headerLength(long length) throws IOException {
    ByteBuffer all = weights();
    Files.write(file(WEIGHTS), all.putLong(0, length).array());
  }

  /** Overwrites one number of a tensor. */
  void number(String tensor, int index, float value) throws IOException {
    ByteBuffer all = weights();
    int length = Math.toIntExact(all.getLong(0));
    int first =
        JSON.readTree(all.array(), 8, length).get(tensor).get("data_offsets").get(0).asInt();
    Files.write(file(WEIGHTS), all.putFloat(8 + length + first + 4 * index, value).array());
  }

  /** Makes one shard of the weights, with an index that lists every tensor in a file. */
  void shard(String file, String listed) throws IOException {
    ObjectNode index = JSON.createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    JSON.readTree(headerText())
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("__metadata__")) {
                map.put(name, listed);
              }
            });
    Files.move(file(WEIGHTS), file(file));
    JSON.writeValue(file(INDEX).toFile(), index);
  }

  private ByteBuffer weights() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file(WEIGHTS))).order(ByteOrder.LITTLE_ENDIAN);
  }
}
