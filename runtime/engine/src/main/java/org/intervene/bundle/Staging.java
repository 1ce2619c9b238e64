package org.intervene.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the time of one work. */
final class Staging implements AutoCloseable {
  private final Path folder;

  Staging() throws IOException {
    this.folder = Files.createTempDirectory("intervene-bundle");
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // what is left lies in the system's own temporary folder
    }
  }
}
