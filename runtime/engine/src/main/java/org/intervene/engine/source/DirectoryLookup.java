package org.intervene.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intervene.diagnostic.Suggestions;
import org.intervene.model.safetensors.Checkpoint;

/** Finds a model in a directory that the spec names. */
record DirectoryLookup(Complaint complaint, List<String> builtins) {

  /**
   * The directory, if it holds a model. Weights and tokenizer may be absent: a plan needs neither.
   *
   * @param path absolute
   */
  ResolvedModel find(Path path) {
    if (!Files.exists(path)) {
      throw notFound(path);
    }
    if (!Files.isDirectory(path)) {
      throw notDirectory(path);
    }
    requireConfig(path, complaint, "give the directory that holds these files");
    return new ResolvedModel(complaint.source(), path, complaint.source(), Optional.empty());
  }

  /** Reports a directory without {@code config.json}, with everything else that it lacks. */
  static void requireConfig(Path directory, Complaint complaint, String cure) {
    if (Files.exists(directory.resolve("config.json"), LinkOption.NOFOLLOW_LINKS)) {
      return; // what it is will be seen when it is read
    }
    StringBuilder lacks = new StringBuilder("config.json");
    if (!Checkpoint.isIn(directory)) {
      lacks.append(", model.safetensors");
    }
    if (!Files.isRegularFile(directory.resolve("tokenizer.json"))) {
      lacks.append(", tokenizer.json");
    }
    throw complaint.resource(
        "model.missing-file", "`" + directory + "` lacks " + lacks, Optional.empty(), cure);
  }

  private RuntimeException notDirectory(Path path) {
    Path parent = path.getParent();
    boolean holdsModel = parent != null && Files.isRegularFile(parent.resolve("config.json"));
    return complaint.resource(
        "model.not-a-directory",
        "`" + path + "` is a file",
        Optional.empty(),
        holdsModel
            ? "give the directory that it is in: `" + parent + "`"
            : "give the directory that holds config.json and model.safetensors");
  }

  private RuntimeException notFound(Path path) {
    Path missing = path;
    while (missing.getParent() != null && !Files.exists(missing.getParent())) {
      missing = missing.getParent();
    }
    String name = String.valueOf(missing.getFileName());
    return complaint.resource(
        "model.not-found",
        "there is no `" + missing + "`",
        Suggestions.didYouMean(name, siblings(missing)).or(this::anotherForm),
        "a relative path starts at the spec's own folder");
  }

  /** What the source would be if it only lacked its scheme. */
  private Optional<String> anotherForm() {
    String source = complaint.source();
    if (builtins.contains(source)) {
      return Optional.of("did you mean `builtin:" + source + "`?");
    }
    boolean looksLikeHub = source.chars().filter(c -> c == '/').count() == 1;
    return looksLikeHub && HubName.parse(source).isPresent()
        ? Optional.of("a model of the Hugging Face hub is written `hf:" + source + "`")
        : Optional.empty();
  }

  private static List<String> siblings(Path path) {
    if (path.getParent() == null) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path.getParent())) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .toList();
    } catch (IOException e) {
      return List.of(); // suggestions are a courtesy
    }
  }
}
