package org.intervene.primer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.intervene.engine.source.FileDigests;

/** Writes the files of a model directory in Hugging Face's layout. */
final class ModelFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelFiles() {}

  static void config(Gpt2Config config, int end, Path directory) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add("GPT2LMHeadModel");
    root.put("model_type", "gpt2");
    root.put("activation_function", "gelu_new");
    root.put("vocab_size", config.vocabulary());
    root.put("n_positions", Gpt2Config.POSITIONS);
    root.put("n_embd", config.width());
    root.put("n_layer", config.layers());
    root.put("n_head", config.heads());
    root.put("layer_norm_epsilon", Gpt2Config.EPSILON);
    for (String dropout : new String[] {"attn_pdrop", "embd_pdrop", "resid_pdrop"}) {
      root.put(dropout, 0.0);
    }
    root.put("tie_word_embeddings", true);
    root.putNull("bos_token_id");
    root.put("eos_token_id", end);
    root.put("torch_dtype", "float32");
    Files.write(directory.resolve("config.json"), JSON.writeValueAsBytes(root));
  }

  static void weights(Gpt2 model, Path directory) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    Map<String, long[]> shapes = Gpt2.shapes(model.config());
    Map<String, float[]> tensors = model.tensors();
    int offset = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      var shape = entry.putArray("shape");
      for (long length : shapes.get(tensor.getKey())) {
        shape.add(length);
      }
      int next = offset + Float.BYTES * tensor.getValue().length;
      entry.putArray("data_offsets").add(offset).add(next);
      offset = next;
    }
    String json = new ObjectMapper().writeValueAsString(header);
    byte[] head = (json + " ".repeat((8 - json.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + head.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(head.length).put(head);
    for (float[] elements : tensors.values()) {
      file.asFloatBuffer().put(elements);
      file.position(file.position() + Float.BYTES * elements.length);
    }
    Files.write(directory.resolve("model.safetensors"), file.array());
  }

  /** The list of all other files with their digests. */
  static void list(Path directory) throws IOException {
    Path list = directory.resolve("files.txt");
    Files.deleteIfExists(list);
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().collect(Collectors.toList())) {
        lines.add(FileDigests.hex(file) + "  " + file.getFileName());
      }
    }
    Files.writeString(list, lines.toString());
  }
}
