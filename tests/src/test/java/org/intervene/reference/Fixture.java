package org.intervene.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.safetensors.SafetensorsHeader;
import org.intervene.model.safetensors.TensorEntry;

/** The numbers of one folder of fixtures: {@code expected.safetensors} and {@code case.json}. */
final class Fixture {
  private final Path folder;
  private final ByteBuffer bytes;
  private final Map<String, TensorEntry> entries = new HashMap<>();
  private final JsonNode description;

  private Fixture(Path folder, ByteBuffer bytes, JsonNode description) {
    this.folder = folder;
    this.bytes = bytes;
    this.description = description;
  }

  static Fixture read(Path folder) throws IOException {
    Path file = folder.resolve("expected.safetensors");
    List<Diagnostic> problems = new ArrayList<>();
    SafetensorsHeader header = SafetensorsHeader.read(file, problems);
    if (!problems.isEmpty()) {
      throw new IOException(problems.toString());
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    JsonNode description = new ObjectMapper().readTree(folder.resolve("case.json").toFile());
    Fixture fixture = new Fixture(folder, bytes, description);
    header.tensors().forEach(t -> fixture.entries.put(t.name(), t));
    return fixture;
  }

  Path folder() {
    return folder;
  }

  JsonNode description() {
    return description;
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** A float64 tensor, row-major. */
  double[] numbers(String name) {
    TensorEntry entry = entries.get(name);
    double[] values = new double[Math.toIntExact(entry.bytes() / 8)];
    bytes
        .slice(Math.toIntExact(entry.offset()), Math.toIntExact(entry.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }

  /** The token ids of a prompt. */
  int[] tokens(String prompt) {
    return integers("tokens/" + prompt);
  }

  /** An int64 tensor, row-major. */
  int[] integers(String name) {
    TensorEntry entry = entries.get(name);
    int[] values = new int[Math.toIntExact(entry.bytes() / 8)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(bytes.getLong(Math.toIntExact(entry.offset()) + 8 * i));
    }
    return values;
  }
}
