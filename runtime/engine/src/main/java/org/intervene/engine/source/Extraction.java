package org.intervene.engine.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes an embedded model to disk, where weights can be memory-mapped. The directory appears whole
 * or not at all, and several processes may want it at once.
 *
 * @param open a file of the model by its name
 */
record Extraction(String name, Listing listing, Function<String, InputStream> open) {
  private static final int DIGEST_DIGITS = 12;

  /** The model's directory below a cache, or below the system's temporary one if need be. */
  Path into(Path cache) {
    Path target = cache.resolve(name + "-" + listing.digest().substring(0, DIGEST_DIGITS));
    try {
      if (!isComplete(target)) {
        Files.createDirectories(cache);
        alone(cache, target);
      }
      return target;
    } catch (IOException e) {
      return elsewhere(cache, e);
    }
  }

  /**
   * One process at a time, and in it one thread: of two that replace a harmed directory the second
   * would put the first one's good one away.
   */
  private void alone(Path cache, Path target) throws IOException {
    synchronized (Extraction.class) {
      try (FileChannel file =
              FileChannel.open(
                  cache.resolveSibling("." + name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = file.lock()) {
        if (held.isValid() && !isComplete(target)) {
          replace(target, extract(Files.createDirectory(beside(target, "new"))));
        }
      }
    }
  }

  /**
   * A cache that cannot be written must not stop anybody: the model lasts as long as the process.
   */
  private Path elsewhere(Path cache, IOException why) {
    try {
      Path directory = Files.createTempDirectory("intervene-" + name + "-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> FileTrees.deleteQuietly(directory)));
      return extract(directory);
    } catch (IOException e) {
      e.addSuppressed(why);
      throw SourceProblem.cacheNotWritable(cache, why);
    }
  }

  private Path extract(Path directory) throws IOException {
    try {
      for (String file : listing.digests().keySet()) {
        try (InputStream in = open.apply(file)) {
          Files.copy(in, directory.resolve(file));
        }
      }
      if (listing.isComplete(directory)) {
        return directory;
      }
    } catch (IOException | RuntimeException e) {
      FileTrees.deleteQuietly(directory);
      throw e;
    }
    FileTrees.deleteQuietly(directory);
    throw SourceProblem.brokenBuiltin(name, "its files are not those that it lists");
  }

  private void replace(Path target, Path made) throws IOException {
    try {
      if (Files.exists(target)) {
        Path harmed = beside(target, "harmed");
        Files.move(target, harmed, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.deleteQuietly(harmed);
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      FileTrees.deleteQuietly(made);
      throw e;
    }
  }

  /** A name that nobody else uses; the permissions are the usual ones, as caches may be shared. */
  private static Path beside(Path target, String what) {
    return target.resolveSibling("." + target.getFileName() + "-" + what + "-" + UUID.randomUUID());
  }

  private boolean isComplete(Path directory) throws IOException {
    try {
      return Files.isDirectory(directory) && listing.isComplete(directory);
    } catch (NoSuchFileException e) {
      return false; // a harmed one that another process just put away
    }
  }
}
