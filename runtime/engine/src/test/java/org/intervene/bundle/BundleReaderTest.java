package org.intervene.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody made to do harm, or that broke on their way. */
class BundleReaderTest {
  @TempDir Path folder;

  /** Fills an archive. */
  private interface Filling {
    void into(ZipArchiveOutputStream zip) throws IOException;
  }

  private Path zip(Filling filling) throws IOException {
    Path file = folder.resolve("x.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      filling.into(zip);
    }
    return file;
  }

  private static void add(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content)
      throws IOException {
    zip.putArchiveEntry(entry);
    zip.write(content);
    zip.closeArchiveEntry();
  }

  private static void add(ZipArchiveOutputStream zip, String name, String content)
      throws IOException {
    add(zip, new ZipArchiveEntry(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private Path unpack(Path zip) throws IOException {
    Path target = Files.createDirectories(folder.resolve("inside/target"));
    BundleReader.unpack(zip, target);
    return target;
  }

  /** What is said of an archive; nothing may have been written outside of the target. */
  private String refused(Path zip) throws IOException {
    DiagnosticException refused = assertThrows(DiagnosticException.class, () -> unpack(zip));
    assertEquals(DiagnosticException.Kind.RESOURCE, refused.kind());
    assertEquals(1, refused.diagnostics().size());
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> outside =
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.equals(zip) && !f.startsWith(folder.resolve("inside/target")))
              .toList();
      assertEquals(List.of(), outside);
    }
    Diagnostic diagnostic = refused.diagnostics().get(0);
    return diagnostic.id() + " " + diagnostic.message();
  }

  @Test
  void whatIsInOrderIsUnpacked() throws IOException {
    Path target =
        unpack(
            zip(
                zip -> {
                  add(zip, "a.txt", "A");
                  add(zip, "b/c.txt", "C");
                }));
    assertEquals("A", Files.readString(target.resolve("a.txt")));
    assertEquals("C", Files.readString(target.resolve("b/c.txt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "C:/evil",
        "a\\..\\evil",
        "a//b",
        "./a",
        "a/.",
        "a.",
        "nul\u0000l",
        "esc\u001b[31m",
        "a:stream"
      })
  void namesThatLeadOut(String name) throws IOException {
    String said = refused(zip(zip -> add(zip, name, "x")));
    assertEquals("bundle.unsafe", said.substring(0, said.indexOf(' ')));
    assertEquals(-1, said.indexOf('\u001b'));
  }

  @Test
  void namesThatMeanTheSameFile() throws IOException {
    assertEquals(
        "bundle.unsafe `SPEC/A.ivn` is refused: a second file of this name, letter case aside",
        refused(
            zip(
                zip -> {
                  add(zip, "spec/a.ivn", "x");
                  add(zip, "SPEC/A.ivn", "y");
                })));
    assertEquals(
        "bundle.unsafe `a.txt` is refused: a second file of this name, letter case aside",
        refused(
            zip(
                zip -> {
                  add(zip, "a.txt", "x");
                  add(zip, "a.txt", "y");
                })));
  }

  @Test
  void links() throws IOException {
    ZipArchiveEntry link = new ZipArchiveEntry("link");
    link.setUnixMode(0120777);
    assertEquals(
        "bundle.unsafe `link` is refused: a link",
        refused(zip(zip -> add(zip, link, "/etc/passwd".getBytes(StandardCharsets.UTF_8)))));
  }

  @Test
  void folders() throws IOException {
    assertEquals(
        "bundle.unsafe `d/` is refused: a folder of its own; a bundle has files alone",
        refused(zip(zip -> add(zip, "d/", ""))));
  }

  @Test
  void anotherCompression() throws IOException {
    Path file = zip(zip -> add(zip, "odd", "x"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = 12; // bzip2, in the entry's own header
    bytes[find(bytes, 0x02014b50) + 10] = 12; // and in the directory
    Files.write(file, bytes);
    assertEquals(
        "bundle.unsafe `odd` is refused: compressed in another way than bundles are, method 12",
        refused(file));
  }

  @Test
  void encrypted() throws IOException {
    Path file = zip(zip -> add(zip, "secret", "x"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[6] |= 1; // the flag in the entry's own header
    bytes[find(bytes, 0x02014b50) + 8] |= 1; // and in the directory
    Files.write(file, bytes);
    assertEquals("bundle.unsafe `secret` is refused: encrypted", refused(file));
  }

  @Test
  void bombs() throws IOException {
    byte[] zeros = new byte[32 << 20];
    String said = refused(zip(zip -> add(zip, new ZipArchiveEntry("bomb"), zeros)));
    assertEquals("bundle.too-large", said.substring(0, said.indexOf(' ')));
  }

  @Test
  void manyFiles() throws IOException {
    assertEquals(
        "bundle.too-large this archive unpacks to more than a bundle holds: 1001 files",
        refused(
            zip(
                zip -> {
                  for (int i = 0; i <= 1000; i++) {
                    add(zip, "f" + i, "");
                  }
                })));
  }

  @Test
  void sizesThatLie() throws IOException {
    Path file = zip(zip -> add(zip, "a", "some text of some length"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[find(bytes, 0x02014b50) + 24] = 3;
    Files.write(file, bytes);
    assertEquals("bundle.unsafe `a` is refused: it is not as long as it says", refused(file));
  }

  @Test
  void damagedContent() throws IOException {
    ZipArchiveEntry stored = new ZipArchiveEntry("a");
    Path file =
        zip(
            zip ->
                add(
                    zip,
                    stored,
                    "some text of some length, and more".getBytes(StandardCharsets.UTF_8)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[34] ^= 0x55;
    Files.write(file, bytes);
    String said = refused(file);
    assertEquals("bundle.un", said.substring(0, 9));
  }

  @Test
  void truncated() throws IOException {
    Path file = zip(zip -> add(zip, "a", "some text of some length"));
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 20, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      String said = refused(file);
      assertEquals("bundle.unreadable", said.substring(0, said.indexOf(' ')));
    }
  }

  @Test
  void noArchiveAtAll() throws IOException {
    Path file = Files.writeString(folder.resolve("x.zip"), "this is no archive".repeat(10));
    String said = refused(file);
    assertEquals("bundle.unreadable", said.substring(0, said.indexOf(' ')));
  }

  private static int find(byte[] bytes, int signature) {
    for (int i = 0; i + 4 <= bytes.length; i++) {
      if (java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(i)
          == signature) {
        return i;
      }
    }
    throw new IllegalStateException();
  }
}
