package org.intervene.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories with what is in them. */
final class FileTrees {
  private FileTrees() {}

  /** Deletes what can be deleted; what cannot only wastes room. */
  static void deleteQuietly(Path directory) {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return;
    }
    all.forEach(path -> path.toFile().delete());
  }
}
