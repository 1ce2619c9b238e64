package org.intervene.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
  @TempDir Path folder;

  private final List<Diagnostic> problems = new ArrayList<>();

  private Path file(String header, int dataBytes) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, dataBytes);
  }

  private Path file(long claimed, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(claimed).put(json);
    Path file = folder.resolve("model.safetensors");
    Files.write(file, bytes.array());
    return file;
  }

  private static String tensor(String name, String dtype, String shape, long from, long to) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, from, to);
  }

  @Test
  void tensorsLieWhereTheHeaderSays() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + tensor("b", "BF16", "[2,3]", 8, 20)
            + ","
            + tensor("a", "F32", "[2]", 0, 8)
            + ","
            + tensor("none", "F32", "[0,7]", 20, 20)
            + "}   ";
    SafetensorsHeader read = SafetensorsHeader.read(file(header, 20), problems);
    assertEquals(List.of(), problems);
    assertEquals(Map.of("format", "pt"), read.metadata());
    TensorEntry b = read.tensors().get(1);
    assertEquals("b", b.name());
    assertEquals(8 + header.length() + 8, b.offset());
    assertEquals(12, b.bytes());
    assertArrayEquals(new long[] {2, 3}, b.shape());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // id | shape of x | dtype | from | to | bytes of data | named in the message
        "weights.truncated     | [4]  | F32 | 0  | 16 | 12 | `x`",
        "weights.out-of-range  | [1]  | F32 | 9  | 5  | 12 | `x`",
        "weights.size-mismatch | [3]  | F32 | 0  | 16 | 16 | 12 bytes",
        "weights.size-mismatch | [4294967296,4294967296] | F32 | 0 | 16 | 16 | 2^63",
        "weights.size-mismatch | [1]  | F4  | 0  | 1  | 1  | `x`",
        "weights.unknown-dtype | [4]  | Q4  | 0  | 16 | 16 | Q4",
        "weights.gap           | [4]  | F32 | 4  | 20 | 20 | 4 bytes between the header and tensor `x`",
        "weights.gap           | [4]  | F32 | 0  | 16 | 19 | 3 bytes after tensor `x`",
        "weights.malformed-header | [-1] | F32 | 0 | 16 | 16 | `x`",
        "weights.malformed-header | [1.5] | F32 | 0 | 16 | 16 | `x`",
        "weights.malformed-header | 4  | F32 | 0  | 16 | 16 | `x`",
      })
  void oneTensorThatIsWrong(
      String id, String shape, String dtype, long from, long to, int bytes, String named)
      throws IOException {
    SafetensorsHeader.read(file("{" + tensor("x", dtype, shape, from, to) + "}", bytes), problems);
    expect(id, named);
  }

  @Test
  void tensorsWithoutElementsShareTheirPlace() throws IOException {
    String header =
        "{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[0]", 0, 0) + "}";
    assertEquals(2, SafetensorsHeader.read(file(header, 8), problems).tensors().size());
    assertEquals(List.of(), problems);
  }

  @Test
  void overlappingTensors() throws IOException {
    String header =
        "{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 4, 12) + "}";
    SafetensorsHeader.read(file(header, 12), problems);
    expect("weights.overlap", "tensor `b` overlaps tensor `a` by 4 bytes");
  }

  @Test
  void aNameThatOccursTwice() throws IOException {
    String header =
        "{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("a", "F32", "[2]", 8, 16) + "}";
    SafetensorsHeader.read(file(header, 16), problems);
    assertEquals("weights.duplicate-name", problems.get(0).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weights.truncated        | 4000 | {}",
        "weights.not-safetensors  | -1   | {}",
        "weights.not-safetensors  | 8000000000 | {}",
        "weights.malformed-header | 2    | []",
        "weights.malformed-header | 3    | {a}",
        "weights.malformed-header | 4    | {}{}",
        "weights.malformed-header | 9    | {\"a\":123}",
      })
  void aHeaderThatIsNone(String id, long claimed, String header) throws IOException {
    SafetensorsHeader.read(file(claimed, header, 0), problems);
    expect(id, "");
  }

  @Test
  void aFileThatIsTooShortForAnything() throws IOException {
    Path file = Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
    SafetensorsHeader.read(file, problems);
    expect("weights.truncated", "3 bytes");
  }

  @Test
  void aShardedCheckpointIsTheSumOfItsShards() throws IOException {
    Files.move(
        file("{" + tensor("a", "F32", "[2]", 0, 8) + "}", 8), folder.resolve("one.safetensors"));
    Files.move(
        file("{" + tensor("b", "F16", "[2]", 0, 4) + "}", 4), folder.resolve("two.safetensors"));
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
    Checkpoint read = Checkpoint.read(folder, problems);
    assertEquals(List.of(), problems);
    assertEquals(12, read.bytes());
    assertEquals(folder.resolve("two.safetensors"), read.tensor("b").orElseThrow().file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weights.missing-shard | {\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}} | two",
        "weights.bad-index     | {\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}} | `b`",
        "weights.bad-index     | {\"weight_map\":{\"a\":\"../one.safetensors\"}} | outside",
        "weights.bad-index     | {\"weight_map\":{\"a\":\"one\\u0000.safetensors\"}} | NUL",
        "weights.bad-index     | {\"weights\":1} | weight_map",
        "weights.bad-index     | {\"weight_map\" | JSON",
      })
  void anIndexThatIsWrong(String id, String index, String named) throws IOException {
    Files.move(
        file("{" + tensor("a", "F32", "[2]", 0, 8) + "}", 8), folder.resolve("one.safetensors"));
    index(index);
    Checkpoint.read(folder, problems);
    expect(id, named);
  }

  @Test
  void weightsThatAreOnlyAPickleAreNeverOpened() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), new byte[8]);
    Checkpoint.read(folder, problems);
    expect("weights.pickle-only", "pickle");
  }

  @Test
  void noWeightsAtAll() {
    Checkpoint.read(folder, problems);
    expect("model.missing-file", "model.safetensors");
  }

  private void index(String text) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), text);
  }

  private void expect(String id, String named) {
    assertEquals(List.of(id), problems.stream().map(Diagnostic::id).toList(), problems.toString());
    Diagnostic problem = problems.get(0);
    assertTrue(problem.message().contains(named), problem.message());
    assertTrue(!problem.help().isEmpty(), "no cure");
  }
}
