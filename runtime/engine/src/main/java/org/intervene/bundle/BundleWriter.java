package org.intervene.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.intervene.result.WholeFile;

/** Packs a folder. The same files give the same bytes: order, dates and rights are fixed. */
final class BundleWriter {
  /** The first date that the format knows. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int RIGHTS = 0100644;

  private BundleWriter() {}

  static void write(Path folder, Path target) throws IOException {
    List<String> names = new ArrayList<>(Manifest.files(folder));
    names.add(0, Manifest.NAME);
    WholeFile.write(
        target,
        out -> {
          try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            zip.setUseZip64(Zip64Mode.AsNeeded);
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (String name : names) {
              entry(zip, folder.resolve(name), name);
            }
          }
        });
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
