package org.intervene.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes tensors in the safetensors format: eight bytes with the header's length, a JSON header
 * padded with spaces to a multiple of eight, then the tensors' bytes one after the other.
 */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * A tensor to write.
   *
   * @param dtype such as {@code F32}
   * @param parts little-endian elements, row-major, in pieces that follow each other
   */
  public record Tensor(String name, String dtype, List<Long> shape, List<byte[]> parts) {
    /** Length of its data. */
    public long bytes() {
      return parts.stream().mapToLong(part -> part.length).sum();
    }
  }

  /** Writes a file; an old one is replaced. */
  public static void write(Path file, List<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length).flip();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(length.array());
      out.write(header);
      for (Tensor tensor : tensors) {
        for (byte[] part : tensor.parts()) {
          out.write(part);
        }
      }
    }
  }

  private static byte[] header(List<Tensor> tensors, Map<String, String> metadata)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode texts = root.putObject("__metadata__");
    metadata.forEach(texts::put);
    long offset = 0;
    for (Tensor tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name());
      node.put("dtype", tensor.dtype());
      var shape = node.putArray("shape");
      tensor.shape().forEach(shape::add);
      node.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    String json = mapper.writeValueAsString(root);
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat((8 - size % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }
}
