package org.intervene.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs a folder. The same files give the same bytes: order, dates and rights are fixed. */
final class BundleWriter {
  /** The first date that the format knows. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int RIGHTS = 0100644;

  private BundleWriter() {}

  /** Writes beside the target first, so that it appears whole or not at all. */
  static void write(Path folder, Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    Path partial = Files.createTempFile(parent, "." + target.getFileName(), ".partial");
    try {
      try (OutputStream out = Files.newOutputStream(partial);
          ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
        zip.setUseZip64(Zip64Mode.AsNeeded);
        zip.setLevel(Deflater.BEST_COMPRESSION);
        List<String> names = new ArrayList<>(Manifest.files(folder));
        names.add(0, Manifest.NAME);
        for (String name : names) {
          entry(zip, folder.resolve(name), name);
        }
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void entry(ZipArchiveOutputStream zip, Path file, String name) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTimeLocal(DATE);
    entry.setUnixMode(RIGHTS);
    entry.setSize(Files.size(file));
    zip.putArchiveEntry(entry);
    Files.copy(file, zip);
    zip.closeArchiveEntry();
  }
}
