package org.intervene.model.torchfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.intervene.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of torch.save are read for their tensors; everything else in them is refused by name. */
class TorchFileTest {
  private static final Path FILES = Path.of("src/test/resources/torchfile");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"kinds.bin", "protocol-4.bin"})
  void readsEveryKindOfTensor(String file) throws IOException {
    List<Diagnostic> problems = new ArrayList<>();
    Map<String, TorchTensor> read = TorchFile.read(FILES.resolve(file), problems).orElseThrow();
    JsonNode expected = new ObjectMapper().readTree(FILES.resolve("kinds.json").toFile());
    assertEquals(List.of(), problems);
    assertEquals(expected.size(), read.size());
    read.forEach(
        (name, tensor) -> {
          assertEquals(expected.get(name).get("shape").toString(), shape(tensor), name);
          double[] elements = new double[tensor.elements().length];
          for (int i = 0; i < elements.length; i++) {
            JsonNode element = expected.get(name).get("elements").get(i);
            elements[i] = element.isTextual() ? Double.POSITIVE_INFINITY : element.doubleValue();
          }
          assertArrayEquals(elements, tensor.elements(), name);
        });
    assertEquals("bfloat16 [3]", read.get("bfloat16").toString());
  }

  private static String shape(TorchTensor tensor) {
    return java.util.Arrays.toString(tensor.shape()).replace(" ", "");
  }

  private Diagnostic refused(Path file) {
    List<Diagnostic> problems = new ArrayList<>();
    assertTrue(TorchFile.read(file, problems).isEmpty());
    assertEquals(1, problems.size());
    assertEquals(file.toString(), problems.get(0).place().file());
    assertTrue(!problems.get(0).help().isEmpty());
    return problems.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "bare.bin, torch.damaged, something else than a dict",
    "legacy.bin, torch.legacy, before version 1.6",
    "module.bin, torch.refused, torch.nn.modules.linear.Linear",
    "complex.bin, torch.refused, torch.ComplexFloatStorage",
    "number.bin, torch.damaged, `steps` is not a tensor",
    "kinds.json, torch.damaged, not written by torch.save"
  })
  void saysWhatIsNoDictOfTensors(String file, String id, String words) {
    Diagnostic found = refused(FILES.resolve(file));
    assertEquals(id, found.id());
    assertTrue(found.message().contains(words), found.message());
  }

  @ParameterizedTest
  @CsvSource({"posix, system", "os, system", "builtins, eval", "torch.storage, _load_from_bytes"})
  void callsNothing(String module, String name) throws IOException {
    for (int opcode : new int[] {'R', 0x81}) {
      byte[] pickle =
          new Pickles().global(module, name).text("touch pwned").raw(0x85, opcode).stop();
      Diagnostic found = refused(Pickles.archive(folder.resolve("f.bin"), pickle, 4));
      assertEquals("torch.refused", found.id());
      assertTrue(found.message().contains("`" + module + "." + name + "`"), found.message());
    }
  }

  /** Pickles that no writer makes: a name, and the bytes. */
  static Stream<Arguments> pickles() {
    long huge = 1L << 40;
    return Stream.of(
        Arguments.of("empty", new byte[0]),
        Arguments.of("no stop", new byte[] {(byte) 0x80, 2, '}'}),
        Arguments.of("pop of nothing", new byte[] {'0'}),
        Arguments.of("stop of nothing", new byte[] {'.'}),
        Arguments.of("tuple without mark", new Pickles().raw('t').stop()),
        Arguments.of("unknown memo", new Pickles().raw('h', 3).stop()),
        Arguments.of("text longer than file", new Pickles().raw('X', 255, 255, 255, 127).stop()),
        Arguments.of("negative text", new Pickles().raw('X', 255, 255, 255, 255).stop()),
        Arguments.of("long of 255 bytes", new Pickles().raw(0x8a, 255).stop()),
        Arguments.of("INST", new Pickles().raw('(', 'i').stop()),
        Arguments.of("EXT1", new Pickles().raw(0x82, 1).stop()),
        Arguments.of("protocol 9", new byte[] {(byte) 0x80, 9, '}', '.'}),
        Arguments.of("BUILD of a global", new Pickles().global("a", "B").raw('}', 'b').stop()),
        Arguments.of("call of a text", new Pickles().text("f").raw(')', 'R').stop()),
        Arguments.of("number as key", new Pickles().raw('}', 'K', 1, 'K', 1, 's').stop()),
        Arguments.of("storage key climbs", climbing()),
        Arguments.of("list in itself", new Pickles().raw(']', 'q', 0, 'h', 0, 'a').stop()),
        Arguments.of("dict in itself", dictInItself()),
        Arguments.of("many marks", marks()),
        Arguments.of("offset before", Pickles.one(4, -1, n(2), n(1))),
        Arguments.of("end behind", Pickles.one(4, 3, n(2), n(1))),
        Arguments.of("stride behind", Pickles.one(4, 0, n(2, 2), n(3, 1))),
        Arguments.of("negative stride", Pickles.one(4, 3, n(2), n(-1))),
        Arguments.of("negative size", Pickles.one(4, 0, n(-2), n(1))),
        Arguments.of("sizes overflow", Pickles.one(4, 0, n(huge, huge), n(0, 0))),
        Arguments.of("expanded to death", Pickles.one(4, 0, n(1 << 20, 1 << 20), n(0, 0))),
        Arguments.of("huge beside none", Pickles.one(4, 0, n(huge, 0), n(0, 0))),
        Arguments.of("strides overflow", Pickles.one(4, 0, n(2, 2), n(Long.MAX_VALUE, 1))),
        Arguments.of("nine axes", Pickles.one(4, 0, new long[9], new long[9])),
        Arguments.of("axes without strides", Pickles.one(4, 0, n(2, 2), n(1))),
        Arguments.of("storage too long", Pickles.one(5, 0, n(1), n(1))),
        Arguments.of("storage too short", Pickles.one(3, 0, n(1), n(1))),
        Arguments.of("storage of 4 EiB", Pickles.one(1L << 60, 0, n(1), n(1))),
        Arguments.of("negative storage", Pickles.one(-1, 0, n(0), n(1))));
  }

  private static long[] n(long... numbers) {
    return numbers;
  }

  private static byte[] climbing() {
    return new Pickles()
        .raw('(')
        .text("storage")
        .global("torch", "FloatStorage")
        .text("../../x")
        .text("cpu")
        .whole(1)
        .raw('t', 'Q')
        .stop();
  }

  private static byte[] dictInItself() {
    return new Pickles().raw('}', 'q', 0).text("me").raw('h', 0, 's').stop();
  }

  private static byte[] marks() {
    Pickles pickles = new Pickles();
    for (int i = 0; i < 100_000; i++) {
      pickles.raw('(');
    }
    return pickles.stop();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pickles")
  void refusesPicklesThatNoWriterMakes(String name, byte[] pickle) throws IOException {
    Diagnostic found = refused(Pickles.archive(folder.resolve("f.bin"), pickle, 16));
    assertTrue(found.id().matches("torch\\.(damaged|unsupported)"), name + ": " + found);
  }

  @ParameterizedTest
  @CsvSource({
    "../x, outside of its folder",
    "/etc/x, outside of its folder",
    "a/../../x, outside of its folder",
    "b/data/1, outside of its folder",
    "x, outside of its folder"
  })
  void refusesEntriesElsewhere(String entry, String words) throws IOException {
    Map<String, byte[]> entries = new java.util.LinkedHashMap<>();
    entries.put("a/data.pkl", Pickles.one(0, 0, n(0), n(1)));
    entries.put(entry, new byte[1]);
    Diagnostic found = refused(Pickles.archive(folder.resolve("f.bin"), entries, ZipEntry.STORED));
    assertTrue(found.message().contains(words), found.message());
  }

  @Test
  void refusesWhatIsCompressedSoThatNothingGrows() throws IOException {
    Map<String, byte[]> entries = Map.of("a/data.pkl", new byte[1 << 20]);
    Diagnostic found =
        refused(Pickles.archive(folder.resolve("f.bin"), entries, ZipEntry.DEFLATED));
    assertTrue(found.message().contains("compressed"), found.message());
  }

  @Test
  void refusesTwoEntriesOfOneName() throws IOException {
    Map<String, byte[]> entries = new java.util.LinkedHashMap<>();
    entries.put("a/data/0", new byte[4]);
    entries.put("a/data/1", new byte[4]);
    Path file = Pickles.archive(folder.resolve("f.bin"), entries, ZipEntry.STORED);
    String latin = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Files.write(file, latin.replace("a/data/1", "a/data/0").getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refused(file).message().contains("two entries"));
  }

  @Test
  void refusesBigEndianNumbers() throws IOException {
    Map<String, byte[]> entries =
        Map.of("a/data.pkl", new Pickles().raw('}').stop(), "a/byteorder", "big".getBytes("UTF-8"));
    Path file = Pickles.archive(folder.resolve("f.bin"), entries, ZipEntry.STORED);
    assertTrue(refused(file).message().contains("little-endian"));
  }

  @Test
  void saysThatAFileIsMissing() {
    assertEquals("torch.damaged", refused(folder.resolve("none.bin")).id());
  }

  /** Whatever becomes of the bytes, there is an answer and no exception. */
  @Test
  void survivesDamage() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("kinds.bin"));
    Random random = new Random(1);
    Path file = folder.resolve("f.bin");
    for (int i = 0; i < 100; i++) {
      byte[] bytes =
          java.util.Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int n = 0; n < 1 + i % 5 && bytes.length > 0; n++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      List<Diagnostic> problems = new ArrayList<>();
      boolean read = TorchFile.read(file, problems).isPresent();
      assertEquals(read, problems.isEmpty(), "round " + i);
    }
  }
}
