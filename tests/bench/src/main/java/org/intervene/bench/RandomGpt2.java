package org.intervene.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * A GPT-2 with random float32 weights, as a directory in the Hugging Face layout, without a
 * tokenizer.
 *
 * @param layers blocks
 * @param width d_model
 * @param heads of each block
 * @param vocabulary token ids
 * @param positions tokens that an input may have
 */
record RandomGpt2(int layers, int width, int heads, int vocabulary, int positions) {
  private static final double DEVIATION = 0.02;
  private static final int CHUNK = 1 << 16;

  /** The shape of GPT-2 small: some 500 MB. */
  static RandomGpt2 small() {
    return new RandomGpt2(12, 768, 12, 50257, 1024);
  }

  RandomGpt2 withLayers(int count) {
    return new RandomGpt2(count, width, heads, vocabulary, positions);
  }

  /** Writes it below a folder, unless it is there already. */
  Path in(Path folder) throws IOException {
    Path directory = folder.resolve("gpt2-" + layers + "x" + width);
    Path weights = directory.resolve("model.safetensors");
    if (!Files.exists(weights)) {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("config.json"), config());
      Path partial = directory.resolve("partial");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), CHUNK)) {
        write(out);
      }
      Files.move(partial, weights);
    }
    return directory;
  }

  private String config() {
    return """
        {
          "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2",
          "n_layer": %d, "n_head": %d, "n_embd": %d, "n_positions": %d, "vocab_size": %d,
          "n_inner": null, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-05,
          "attn_pdrop": 0.0, "embd_pdrop": 0.0, "resid_pdrop": 0.0,
          "bos_token_id": 0, "eos_token_id": 0, "tie_word_embeddings": true,
          "torch_dtype": "float32"
        }
        """
        .formatted(layers, heads, width, positions, vocabulary);
  }

  private Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("transformer.wte.weight", new int[] {vocabulary, width});
    shapes.put("transformer.wpe.weight", new int[] {positions, width});
    for (int layer = 0; layer < layers; layer++) {
      String block = "transformer.h." + layer + ".";
      norm(shapes, block + "ln_1");
      linear(shapes, block + "attn.c_attn", width, 3 * width);
      linear(shapes, block + "attn.c_proj", width, width);
      norm(shapes, block + "ln_2");
      linear(shapes, block + "mlp.c_fc", width, 4 * width);
      linear(shapes, block + "mlp.c_proj", 4 * width, width);
    }
    norm(shapes, "transformer.ln_f");
    return shapes;
  }

  private void norm(Map<String, int[]> shapes, String name) {
    shapes.put(name + ".weight", new int[] {width});
    shapes.put(name + ".bias", new int[] {width});
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {in, out});
    shapes.put(name + ".bias", new int[] {out});
  }

  private void write(OutputStream out) throws IOException {
    Map<String, int[]> shapes = shapes();
    byte[] header = header(shapes).getBytes(StandardCharsets.UTF_8);
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(Long.reverseBytes(header.length));
    data.write(header);
    SplittableRandom random = new SplittableRandom(1);
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      boolean scale = tensor.getKey().contains("ln_") && tensor.getKey().endsWith("weight");
      elements(data, size(tensor.getValue()), scale ? 1 : 0, random);
    }
    data.flush();
  }

  private static void elements(OutputStream out, long count, double mean, SplittableRandom random)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < count; i++) {
      buffer.putFloat((float) (mean + DEVIATION * random.nextGaussian()));
      if (!buffer.hasRemaining() || i == count - 1) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
  }

  private static String header(Map<String, int[]> shapes) {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      long end = offset + 4 * size(tensor.getValue());
      entries.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(), java.util.Arrays.toString(tensor.getValue()), offset, end));
      offset = end;
    }
    String text = entries.toString();
    return text + " ".repeat(-text.length() & 7);
  }

  private static long size(int[] shape) {
    long size = 1;
    for (int length : shape) {
      size *= length;
    }
    return size;
  }
}
