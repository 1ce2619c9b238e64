package org.intervene.primer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads float32 tensors of a safetensors file. */
final class TensorFile {
  private TensorFile() {}

  static Map<String, float[]> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[Math.toIntExact(bytes.getLong())];
    bytes.get(json);
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    JsonNode header = new ObjectMapper().readTree(json);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    header
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("__metadata__")) {
                JsonNode at = header.get(name).get("data_offsets");
                float[] elements = new float[(at.get(1).asInt() - at.get(0).asInt()) / Float.BYTES];
                data.position(at.get(0).asInt());
                data.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(elements);
                tensors.put(name, elements);
              }
            });
    return tensors;
  }
}
