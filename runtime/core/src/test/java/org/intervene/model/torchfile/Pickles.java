package org.intervene.model.torchfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles opcode by opcode, and archives around them: what no well-meaning writer makes. */
final class Pickles {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Pickles() {
    raw(0x80, 2);
  }

  Pickles raw(int... opcodes) {
    for (int b : opcodes) {
      bytes.write(b);
    }
    return this;
  }

  Pickles global(String module, String name) {
    raw('c');
    bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Pickles text(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    raw('X', utf.length, utf.length >> 8, utf.length >> 16, utf.length >> 24);
    bytes.writeBytes(utf);
    return this;
  }

  /** A whole number of up to 64 bits. */
  Pickles whole(long value) {
    raw(0x8a, 8);
    for (int i = 0; i < 8; i++) {
      raw((int) (value >> (8 * i)) & 0xFF);
    }
    return this;
  }

  /** A float32 view of storage 0. */
  Pickles tensor(long count, long offset, long[] size, long[] stride) {
    global("torch._utils", "_rebuild_tensor_v2").raw('(');
    raw('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu").whole(count);
    raw('t', 'Q').whole(offset);
    return tuple(size).tuple(stride).raw(0x89, 'N', 't', 'R');
  }

  private Pickles tuple(long... numbers) {
    raw('(');
    for (long number : numbers) {
      whole(number);
    }
    return raw('t');
  }

  byte[] stop() {
    return raw('.').bytes.toByteArray();
  }

  /** A dict with the tensor {@code x}. */
  static byte[] one(long count, long offset, long[] size, long[] stride) {
    return new Pickles().raw('}').text("x").tensor(count, offset, size, stride).raw('s').stop();
  }

  /** An archive with a pickle and a storage of so many bytes. */
  static Path archive(Path file, byte[] pickle, int storageBytes) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle);
    entries.put("a/byteorder", "little".getBytes(StandardCharsets.UTF_8));
    entries.put("a/data/0", new byte[storageBytes]);
    return archive(file, entries, ZipEntry.STORED);
  }

  static Path archive(Path file, Map<String, byte[]> entries, int method) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(method);
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey());
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(e.getValue());
          entry.setCrc(crc.getValue());
          entry.setSize(e.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
