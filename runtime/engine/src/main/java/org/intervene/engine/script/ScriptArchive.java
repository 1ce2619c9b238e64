package org.intervene.engine.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The smallest zip file that libtorch loads as a module: a format version, an empty tuple of
 * constants, an instance of class {@code M} without attributes, and the source of that class.
 */
final class ScriptArchive {
  private static final byte[] VERSION = ascii("10\n");

  /** Pickle protocol 2: empty tuple, stop. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  /** Pickle protocol 2: a new {@code __torch__.M} whose state is an empty dictionary. */
  private static final byte[] INSTANCE = instance();

  private ScriptArchive() {}

  static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "a/version", VERSION);
      put(zip, "a/constants.pkl", NO_CONSTANTS);
      put(zip, "a/data.pkl", INSTANCE);
      put(zip, "a/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Entries are stored, not deflated: libtorch looks for their raw bytes. */
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] instance() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(0x80);
    pickle.write(2);
    pickle.writeBytes(ascii("c__torch__\nM\n)"));
    pickle.write(0x81);
    pickle.writeBytes(ascii("}b."));
    return pickle.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
