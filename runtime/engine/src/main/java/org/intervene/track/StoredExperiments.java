package org.intervene.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intervene.digest.Sha256;

/** The experiments of a file store: a folder each, named by their number. */
final class StoredExperiments {
  private static final String META = "meta.yaml";
  private static final long LEAST = 100_000_000_000_000_000L;

  private final Path root;

  StoredExperiments(Path root) {
    this.root = root;
  }

  /** The folder of an experiment, made if there is none. */
  Path named(String name) throws IOException, NotTracked {
    for (Path folder : folders(root)) {
      if (MetaYaml.read(folder.resolve(META)).getOrDefault("name", "").equals(name)) {
        return folder;
      }
    }
    for (Path folder : folders(root.resolve(".trash"))) {
      if (MetaYaml.read(folder.resolve(META)).getOrDefault("name", "").equals(name)) {
        throw new NotTracked("experiment `%s` is deleted in %s: restore it".formatted(name, root));
      }
    }
    return create(name);
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(f -> Files.isRegularFile(f.resolve(META))).sorted().toList();
    }
  }

  /** Two runs that make it at the same time make the same one. */
  private Path create(String name) throws IOException {
    Path folder = root.resolve(number(name));
    Files.createDirectories(folder);
    long now = System.currentTimeMillis();
    Map<String, Object> meta = new TreeMap<>();
    meta.put("artifact_location", MetaYaml.address(folder));
    meta.put("creation_time", now);
    meta.put("experiment_id", number(name));
    meta.put("last_update_time", now);
    meta.put("lifecycle_stage", "active");
    meta.put("name", name);
    Files.writeString(folder.resolve(META), MetaYaml.text(meta), StandardCharsets.UTF_8);
    return folder;
  }

  /** Eighteen digits, as MLflow's own. */
  private static String number(String name) {
    byte[] digest = Sha256.fresh().digest(name.getBytes(StandardCharsets.UTF_8));
    return Long.toString(LEAST + (ByteBuffer.wrap(digest).getLong() >>> 1) % (9 * LEAST));
  }
}
