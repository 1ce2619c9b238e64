package org.intervene.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.model.Dtype;

/** A Llama of 63 million parameters that says nothing sensible: 252 MB in float32. */
final class SyntheticCheckpoint {
  private static final int WIDTH = 1024;
  private static final int INNER = 2816;
  private static final int LAYERS = 3;
  private static final int VOCABULARY = 24_000;

  private SyntheticCheckpoint() {}

  /** Parameters of all tensors together. */
  static long parameters() {
    return tensors().values().stream().mapToLong(SyntheticCheckpoint::count).sum();
  }

  private static Map<String, long[]> tensors() {
    Map<String, long[]> all = new LinkedHashMap<>();
    all.put("model.embed_tokens.weight", new long[] {VOCABULARY, WIDTH});
    for (int l = 0; l < LAYERS; l++) {
      String layer = "model.layers." + l + ".";
      for (String part : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
        all.put(layer + "self_attn." + part + ".weight", new long[] {WIDTH, WIDTH});
      }
      all.put(layer + "mlp.gate_proj.weight", new long[] {INNER, WIDTH});
      all.put(layer + "mlp.up_proj.weight", new long[] {INNER, WIDTH});
      all.put(layer + "mlp.down_proj.weight", new long[] {WIDTH, INNER});
      all.put(layer + "input_layernorm.weight", new long[] {WIDTH});
      all.put(layer + "post_attention_layernorm.weight", new long[] {WIDTH});
    }
    all.put("model.norm.weight", new long[] {WIDTH});
    return all;
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long length : shape) {
      count *= length;
    }
    return count;
  }

  /** Writes the model into a directory, its weights in a dtype of two or four bytes. */
  static void write(Path directory, Dtype stored) throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"model_type": "llama", "hidden_size": %d, "intermediate_size": %d,
         "num_hidden_layers": %d, "num_attention_heads": 16, "num_key_value_heads": 16,
         "vocab_size": %d, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
         "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true}
        """
            .formatted(WIDTH, INNER, LAYERS, VOCABULARY));
    byte[] header = header(stored).getBytes(StandardCharsets.US_ASCII);
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("model.safetensors"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
      file.write(start.putLong(header.length).put(header).flip());
      ByteBuffer numbers = numbers(stored);
      for (long left = parameters() * stored.bytes(); left > 0; ) {
        numbers.clear().limit((int) Math.min(left, numbers.capacity()));
        left -= file.write(numbers);
      }
    }
  }

  private static String header(Dtype stored) {
    List<String> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, long[]> tensor : tensors().entrySet()) {
      long end = at + count(tensor.getValue()) * stored.bytes();
      entries.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(),
                  stored.safetensors(),
                  Arrays.toString(tensor.getValue()),
                  at,
                  end));
      at = end;
    }
    String header = "{" + String.join(",", entries) + "}";
    return header + " ".repeat(Math.floorMod(-header.length(), 8));
  }

  /** A megabyte of small numbers; the upper half of a float32's bytes is a bfloat16. */
  private static ByteBuffer numbers(Dtype stored) {
    ByteBuffer numbers = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; numbers.hasRemaining(); i++) {
      float value = (i * 37 % 101 - 50) / 1000f;
      if (stored == Dtype.BFLOAT16) {
        numbers.putShort((short) (Float.floatToIntBits(value) >> 16));
      } else {
        numbers.putFloat(value);
      }
    }
    return numbers;
  }
}
