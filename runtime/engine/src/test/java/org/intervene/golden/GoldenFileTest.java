package org.intervene.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.lock.SealedJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files as they are written, and as others leave them. */
class GoldenFileTest {
  private static final Golden GOLDEN =
      Tables.golden(
          Tables.swept("ld", 0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
          Tables.gap("ld2", -0.0, 1e-310, 0),
          Tables.scalar("clean", "p", Math.PI));

  @TempDir Path folder;
  private GoldenFile file;

  @BeforeEach
  void write() {
    file = GoldenFile.of(folder.resolve("a.ivn"));
    file.write(GOLDEN);
  }

  private static String id(Runnable work) {
    List<Diagnostic> found = assertThrows(DiagnosticException.class, work::run).diagnostics();
    assertEquals(1, found.size());
    assertTrue(found.get(0).help().get(0).contains("--update --yes"), found.toString());
    return found.get(0).id();
  }

  @Test
  void whatIsWrittenReadsBackToTheBit() {
    Golden read = file.read().orElseThrow();
    assertEquals(GOLDEN.work(), read.work());
    assertEquals(GOLDEN.made(), read.made());
    assertEquals(GOLDEN.tables(), read.tables());
    assertTrue(Comparison.of(GOLDEN, read, Tables.within(Tables.all(0))).holds());
  }

  @Test
  void bothNotationsShareOneFileThatNeedNotBeThere() throws IOException {
    assertEquals(file.path(), GoldenFile.of(folder.resolve("a.yaml")).path());
    Files.delete(file.path());
    assertEquals(Optional.empty(), file.read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3.141592653589793 | 3.141592653589794 | golden.edited",
        "\"NaN\" | 0.5 | golden.edited",
        "\"threads\" : 2 | \"threads\" : 1 | golden.edited",
        "\"ld2\" | \"ld3\" | golden.edited",
        "\"format\" : 1 | \"format\" : 2 | golden.format",
        "\"format\" : 1 | \"format\" : \"1\" | golden.malformed",
        "\"digest\" | \"digset\" | golden.malformed",
        "\"work\" | \"values\" | golden.malformed",
        "3.141592653589793 | 3.14159265358979e999999999 | golden.malformed",
        "3.141592653589793 | NaN | golden.malformed",
        "{ | [ | golden.malformed",
      })
  void editsByHandAreNoticed(String from, String to, String id) throws IOException {
    String text = Files.readString(file.path());
    assertTrue(text.contains(from), text);
    Files.writeString(file.path(), text.replace(from, to));
    assertEquals(id, id(file::read));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 300, 500})
  void truncatedFilesAreNoticed(int length) throws IOException {
    Files.writeString(file.path(), Files.readString(file.path()).substring(0, length));
    assertEquals("golden.malformed", id(file::read));
  }

  @Test
  void mergeMarksAreNoticed() throws IOException {
    String text = Files.readString(file.path());
    Files.writeString(file.path(), text.replace("\"tables\"", "<<<<<<< ours\n\"tables\""));
    assertEquals("golden.malformed", id(file::read));
  }

  @Test
  void bytesThatAreNoTextAreNoticed() throws IOException {
    Files.write(file.path(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertEquals("golden.malformed", id(file::read));
  }

  /** Whoever knows the seal can still not make the program stumble. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/work | 7",
        "/made | \"here\"",
        "/made/threads | \"two\"",
        "/made/threads | 99999999999",
        "/values | \"medians\"",
        "/tables | {}",
        "/tables/0 | 1",
        "/tables/0/run | null",
        "/tables/0/axes | 3",
        "/tables/0/axes/0/name | []",
        "/tables/0/axes/0/labels | [\"0\"]",
        "/tables/0/axes/0/labels | [0, 1, 2, 3]",
        "/tables/0/values | [1, 2, 3]",
        "/tables/0/values | [1, 2, 3, \"four\"]",
        "/tables/0/values | [1, 2, 3, true]",
        "/tables/0/values | [1, 2, 3, [4]]",
      })
  void sealedFilesAreReadWithCare(String pointer, String value) throws IOException {
    SealedJson sealed = new SealedJson("golden", 1, "");
    ObjectNode root = sealed.read(file.path()).orElseThrow();
    root.remove("format");
    JsonNode replacement = new ObjectMapper().readTree(value);
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = root.at(pointer.substring(0, slash));
    String key = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(key), replacement);
    } else {
      ((ObjectNode) parent).set(key, replacement);
    }
    sealed.write(file.path(), root);
    assertEquals("golden.malformed", id(file::read));
  }

  @Test
  void axesWhoseProductIsNoNumberAreNoticed() {
    SealedJson sealed = new SealedJson("golden", 1, "");
    ObjectNode root = sealed.read(file.path()).orElseThrow();
    root.remove("format");
    ArrayNode axes = (ArrayNode) root.at("/tables/0/axes");
    axes.removeAll();
    for (int axis = 0; axis < 8; axis++) {
      ArrayNode labels = axes.addObject().put("name", "a" + axis).putArray("labels");
      for (int label = 0; label < 256; label++) {
        labels.add("" + label);
      }
    }
    ((ArrayNode) root.at("/tables/0/values")).removeAll();
    sealed.write(file.path(), root);
    assertEquals("golden.malformed", id(file::read));
  }
}
