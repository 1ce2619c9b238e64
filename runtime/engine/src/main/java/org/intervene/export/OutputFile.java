package org.intervene.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.intervene.diagnostic.DiagnosticException;

/** Writes a file whole or not at all. */
public final class OutputFile {
  private OutputFile() {}

  /** What goes into the file. */
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file in the place of an older one.
   *
   * @throws DiagnosticException if it cannot be written; the older one is left as it was
   */
  public static void write(Path file, Content content) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      into(file, content); // a device or a pipe stays what it is
      return;
    }
    Path target = file.toAbsolutePath().normalize();
    Path fresh =
        target.resolveSibling(
            "." + target.getFileName() + ".partial-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(target.getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
        content.write(out);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw ExportProblems.unwritable(file, e);
    } finally {
      fresh.toFile().delete();
    }
  }

  private static void into(Path file, Content content) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      content.write(out);
    } catch (IOException e) {
      throw ExportProblems.unwritable(file, e);
    }
  }
}
