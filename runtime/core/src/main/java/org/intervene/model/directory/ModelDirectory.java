package org.intervene.model.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.model.Architecture;
import org.intervene.model.JsonFault;
import org.intervene.model.family.Config;
import org.intervene.model.family.Families;
import org.intervene.model.family.Family;
import org.intervene.model.family.Names;
import org.intervene.model.safetensors.Checkpoint;
import org.intervene.model.safetensors.FileKind;

/**
 * A directory in the Hugging Face layout, read and checked as far as that goes without loading
 * weights.
 *
 * @param checkpoint where the weights lie; absent if only the config was asked for
 */
public record ModelDirectory(
    Path path, Architecture architecture, Optional<Checkpoint> checkpoint) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The file that describes the tokenizer; it need not exist. */
  public Path tokenizerFile() {
    return path.resolve("tokenizer.json");
  }

  /**
   * Reads the config alone: enough for checks and plans.
   *
   * @throws DiagnosticException with everything that is wrong
   */
  public static ModelDirectory describe(Path directory) {
    List<Diagnostic> problems = new ArrayList<>();
    Optional<Described> read = read(directory, Optional.empty(), problems);
    return orThrow(directory, read, Optional.empty(), problems);
  }

  /**
   * Reads the config and the headers of the weights, and checks that the weights are those that the
   * config promises.
   *
   * @throws DiagnosticException with everything that is wrong
   */
  public static ModelDirectory open(Path directory) {
    List<Diagnostic> problems = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return describe(directory);
    }
    Checkpoint checkpoint = Checkpoint.read(directory, problems);
    Optional<Described> read = read(directory, Optional.of(checkpoint), problems);
    if (problems.isEmpty()) {
      read.ifPresent(d -> WeightCheck.check(d.architecture, d.family, checkpoint, problems));
    }
    return orThrow(directory, read, Optional.of(checkpoint), problems);
  }

  private record Described(Family family, Architecture architecture) {}

  private static Optional<Described> read(
      Path directory, Optional<Checkpoint> checkpoint, List<Diagnostic> problems) {
    Path file = directory.resolve("config.json");
    if (!Files.isDirectory(directory)) {
      problems.add(
          Diagnostic.inFile(
              "model.missing-directory",
              directory.toString(),
              "there is no such model directory",
              "give the directory that holds config.json and model.safetensors"));
      return Optional.empty();
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          Diagnostic.inFile(
              "model.missing-file",
              directory.toString(),
              "the directory has no config.json",
              "give the directory that holds config.json and model.safetensors"));
      return Optional.empty();
    }
    if (!FileKind.requireFile(file, problems)) {
      return Optional.empty();
    }
    return json(file, problems)
        .flatMap(
            root ->
                family(root, file, problems)
                    .map(f -> new Described(f, build(root, f, file, checkpoint, problems))));
  }

  private static Optional<JsonNode> json(Path file, List<Diagnostic> problems) {
    String trouble;
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (root.isObject()) {
        return Optional.of(root);
      }
      trouble = "it is not a JSON object";
    } catch (JsonProcessingException e) {
      trouble = "it is not JSON: " + JsonFault.said(e);
    } catch (IOException e) {
      trouble = "it cannot be read: " + e.getMessage();
    }
    problems.add(
        Diagnostic.inFile(
            "config.malformed", file.toString(), trouble, "download or save the file again"));
    return Optional.empty();
  }

  private static Optional<Family> family(JsonNode root, Path file, List<Diagnostic> problems) {
    String type = root.path("model_type").asText("");
    Optional<Family> family = Families.named(type);
    if (family.isEmpty()) {
      problems.add(
          Diagnostic.inFile(
              "config.unknown-family",
              file.toString(),
              type.isEmpty()
                  ? "`model_type` is missing"
                  : "`model_type` \"" + type + "\" is not known",
              "known are " + String.join(", ", Families.names())));
    }
    return family;
  }

  private static Architecture build(
      JsonNode root,
      Family family,
      Path file,
      Optional<Checkpoint> checkpoint,
      List<Diagnostic> problems) {
    String prefix =
        family.prefixes().stream()
            .filter(p -> checkpoint.flatMap(c -> c.tensor(p + family.anchor())).isPresent())
            .findFirst()
            .orElse(family.prefixes().get(0));
    Config config = Config.of(root, file.toString());
    Names names = new Names(prefix, n -> checkpoint.flatMap(c -> c.tensor(n)).isPresent());
    Architecture architecture = family.reader().read(config, names);
    config.finish();
    problems.addAll(config.problems());
    return architecture;
  }

  private static ModelDirectory orThrow(
      Path directory,
      Optional<Described> read,
      Optional<Checkpoint> checkpoint,
      List<Diagnostic> problems) {
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
    return new ModelDirectory(directory, read.orElseThrow().architecture, checkpoint);
  }
}
