package org.intervene.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The cache that {@code huggingface_hub} keeps: {@code models--ORG--NAME} with {@code refs/BRANCH}
 * (a commit), {@code snapshots/COMMIT/FILE} (links) and {@code blobs/DIGEST}.
 */
public record HubCache(Path root) {
  private static final String FOLDER_START = "models--";

  /** The folder of a model, whether it exists or not. */
  public Path folder(HubName name) {
    return root.resolve(name.folder());
  }

  /** The directory of a commit's files, whether it exists or not. */
  public Path snapshot(HubName name, String commit) {
    return folder(name).resolve("snapshots").resolve(commit);
  }

  /** The commit that a revision was when it was last downloaded, if it was. */
  public Optional<String> commit(HubName name) throws IOException {
    if (HubName.isCommit(name.revision())) {
      return Optional.of(name.revision());
    }
    Path ref = folder(name).resolve("refs").resolve(name.revision());
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(ref).strip()).filter(HubName::isCommit);
  }

  /** Branches, tags and commits of a model that are here, in alphabetical order. */
  public List<String> revisions(HubName name) throws IOException {
    TreeSet<String> all = new TreeSet<>();
    Path refs = folder(name).resolve("refs");
    if (Files.isDirectory(refs)) {
      try (Stream<Path> files = Files.walk(refs)) {
        files
            .filter(Files::isRegularFile)
            .forEach(file -> all.add(refs.relativize(file).toString().replace('\\', '/')));
      }
    }
    names(folder(name).resolve("snapshots")).forEach(all::add);
    return List.copyOf(all);
  }

  /** The models that are here, as {@code ORG/NAME}, in alphabetical order. */
  public List<String> repositories() throws IOException {
    return names(root).stream()
        .filter(folder -> folder.startsWith(FOLDER_START))
        .map(folder -> folder.substring(FOLDER_START.length()).replace("--", "/"))
        .toList();
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
