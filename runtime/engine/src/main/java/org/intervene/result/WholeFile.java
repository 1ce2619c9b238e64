package org.intervene.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** What goes into the file. */
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file, under a name that no other process has, and then puts it in the place
   * of an older one.
   *
   * @throws IOException if it cannot be written; the older one is left as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    String mark = Long.toHexString(System.nanoTime() ^ ProcessHandle.current().pid() << 40);
    Path fresh = target.resolveSibling("." + target.getFileName() + ".partial-" + mark);
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        content.write(out);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      fresh.toFile().delete();
    }
  }
}
