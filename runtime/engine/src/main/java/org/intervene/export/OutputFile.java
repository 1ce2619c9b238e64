package org.intervene.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.result.WholeFile;

/** Writes a file whole or not at all. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Writes a file in the place of an older one.
   *
   * @throws DiagnosticException if it cannot be written; the older one is left as it was
   */
  public static void write(Path file, WholeFile.Content content) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      into(file, content); // a device or a pipe stays what it is
      return;
    }
    Path target = file.toAbsolutePath().normalize();
    try {
      Files.createDirectories(target.getParent());
      WholeFile.write(target, content);
    } catch (IOException e) {
      throw ExportProblems.unwritable(file, e);
    }
  }

  private static void into(Path file, WholeFile.Content content) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      content.write(out);
    } catch (IOException e) {
      throw ExportProblems.unwritable(file, e);
    }
  }
}
