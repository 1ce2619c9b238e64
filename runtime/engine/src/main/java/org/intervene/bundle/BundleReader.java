package org.intervene.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a bundle of unknown origin. Everything in it is looked at before anything is written:
 * names that lead out, links, encrypted entries, entries on top of each other and archives that
 * swell are refused.
 */
final class BundleReader {
  private static final int MOST_FILES = 1000;
  private static final long MOST_BYTES = 4L << 30;

  /** Deflate reaches 1032; what results of experiments reach lies far below. */
  private static final long MOST_RATIO = 200;

  /** Small files may compress as they like. */
  private static final long ALWAYS_FINE = 16L << 20;

  private final Path bundle;

  private BundleReader(Path bundle) {
    this.bundle = bundle;
  }

  /**
   * Unpacks into an empty folder.
   *
   * @throws org.intervene.diagnostic.DiagnosticException if the archive is broken or hostile
   */
  static void unpack(Path bundle, Path folder) {
    try (ZipFile zip = ZipFile.builder().setPath(bundle).get()) {
      BundleReader reader = new BundleReader(bundle);
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
      reader.inspect(entries, Files.size(bundle));
      for (ZipArchiveEntry entry : entries) {
        reader.unpack(zip, entry, folder);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw BundleProblems.unreadable(
          bundle, String.valueOf(e.getMessage()).lines().findFirst().orElse("it is broken"));
    }
  }

  private void inspect(List<ZipArchiveEntry> entries, long archive) {
    if (entries.size() > MOST_FILES) {
      throw BundleProblems.tooLarge(bundle, entries.size() + " files");
    }
    BundleNames names = new BundleNames();
    long bytes = 0;
    long packed = 0;
    for (ZipArchiveEntry entry : entries) {
      Optional<String> objection = objection(entry).or(() -> names.objection(entry.getName()));
      if (objection.isPresent()) {
        throw BundleProblems.unsafe(bundle, entry.getName(), objection.get());
      }
      bytes += entry.getSize();
      packed += entry.getCompressedSize();
      if (bytes < 0 || bytes > MOST_BYTES || bytes > ALWAYS_FINE + MOST_RATIO * archive) {
        throw BundleProblems.tooLarge(bundle, bytes + " bytes out of " + archive);
      }
    }
    if (packed > archive) {
      throw BundleProblems.unsafe(
          bundle, entries.get(0).getName(), "its entries lie on top of each other");
    }
  }

  private static Optional<String> objection(ZipArchiveEntry entry) {
    if (entry.isUnixSymlink()) {
      return Optional.of("a link");
    }
    if (entry.isDirectory()) {
      return Optional.of("a folder of its own; a bundle has files alone");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      return Optional.of("encrypted");
    }
    boolean plain =
        entry.getMethod() == ZipArchiveEntry.STORED
            || entry.getMethod() == ZipArchiveEntry.DEFLATED;
    return plain
        ? Optional.empty()
        : Optional.of("compressed in another way than bundles are, method " + entry.getMethod());
  }

  private void unpack(ZipFile zip, ZipArchiveEntry entry, Path folder) throws IOException {
    Path target = folder.resolve(entry.getName());
    Files.createDirectories(target.getParent());
    long left = entry.getSize();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          break;
        }
        out.write(buffer, 0, read);
      }
    }
    if (left != 0) {
      throw BundleProblems.unsafe(bundle, entry.getName(), "it is not as long as it says");
    }
  }
}
