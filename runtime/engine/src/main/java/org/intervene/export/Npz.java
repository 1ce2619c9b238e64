package org.intervene.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Named arrays in one file, as {@code numpy.load} reads them; the same bytes every time. */
final class Npz implements AutoCloseable {
  /** The first moment that a zip archive can name. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  Npz(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /** Writes one array. */
  interface Array {
    void write(OutputStream out) throws IOException;
  }

  void add(String name, Array array) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    array.write(zip);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.finish();
    zip.flush();
  }
}
