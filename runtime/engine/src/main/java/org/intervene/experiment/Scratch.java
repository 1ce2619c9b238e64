package org.intervene.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The folder for what memory cannot hold, where a run has no folder for its result. */
final class Scratch {
  /** File systems that are themselves in memory: nothing would be gained there. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  private Scratch() {}

  /** The system's folder for temporary files, or the one for large ones if that is in memory. */
  static Path folder() {
    Path first = Path.of(System.getProperty("java.io.tmpdir"));
    return Stream.of(first, Path.of("/var/tmp"))
        .filter(Scratch::isOnDisk)
        .findFirst()
        .orElse(first);
  }

  private static boolean isOnDisk(Path folder) {
    try {
      return Files.isWritable(folder) && !IN_MEMORY.contains(Files.getFileStore(folder).type());
    } catch (IOException e) {
      return false; // it is not there, or cannot be looked at
    }
  }
}
