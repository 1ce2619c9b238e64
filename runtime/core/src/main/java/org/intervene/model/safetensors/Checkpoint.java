package org.intervene.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.JsonFault;

/**
 * All tensors of a model directory: of {@code model.safetensors}, or of the shards that {@code
 * model.safetensors.index.json} lists.
 *
 * @param files in alphabetical order
 * @param tensors by name
 */
public record Checkpoint(List<Path> files, Map<String, TensorEntry> tensors) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  public Checkpoint {
    files = List.copyOf(files);
    tensors = Map.copyOf(tensors);
  }

  /** The tensor of this name. */
  public Optional<TensorEntry> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** Bytes of all tensors together. */
  public long bytes() {
    return tensors.values().stream().mapToLong(TensorEntry::bytes).sum();
  }

  /** Whether a directory has weights at all. */
  public static boolean isIn(Path directory) {
    return isThere(directory.resolve(SINGLE)) || isThere(directory.resolve(INDEX));
  }

  /** Links that lead nowhere are there too: the model is not another one for that. */
  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads all headers of a directory and checks them against the files.
   *
   * @param problems receives everything that is wrong
   * @return what could be read; only to be used if no problem was found
   */
  public static Checkpoint read(Path directory, List<Diagnostic> problems) {
    Path single = directory.resolve(SINGLE);
    if (isThere(single)) {
      return merge(List.of(single), problems);
    }
    Path index = directory.resolve(INDEX);
    if (isThere(index)) {
      return sharded(directory, index, problems);
    }
    problems.add(missing(directory));
    return new Checkpoint(List.of(), Map.of());
  }

  private static Diagnostic missing(Path directory) {
    if (Files.exists(directory.resolve("pytorch_model.bin"))
        || Files.exists(directory.resolve("pytorch_model.bin.index.json"))) {
      return Diagnostic.inFile(
          "weights.pickle-only",
          directory.toString(),
          "the weights are there only as pytorch_model.bin, a pickle, which is never opened because it"
              + " can run code",
          "save the model with `save_pretrained(..., safe_serialization=True)`");
    }
    return Diagnostic.inFile(
        "model.missing-file",
        directory.toString(),
        "the directory has neither " + SINGLE + " nor " + INDEX,
        "copy the weights there, in the safetensors format");
  }

  private static Checkpoint merge(List<Path> files, List<Diagnostic> problems) {
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    for (Path file : files) {
      if (!FileKind.requireFile(file, problems)) {
        continue;
      }
      for (TensorEntry tensor : SafetensorsHeader.read(file, problems).tensors()) {
        TensorEntry other = tensors.putIfAbsent(tensor.name(), tensor);
        if (other != null) {
          problems.add(
              Diagnostic.inFile(
                  "weights.duplicate-name",
                  file.toString(),
                  "tensor `" + tensor.name() + "` is also in " + other.file().getFileName(),
                  "keep the shards of one checkpoint only in the directory"));
        }
      }
    }
    return new Checkpoint(files, tensors);
  }

  private static Checkpoint sharded(Path directory, Path index, List<Diagnostic> problems) {
    Map<String, String> weightMap = new TreeMap<>();
    if (!FileKind.requireFile(index, problems)) {
      return new Checkpoint(List.of(), Map.of());
    }
    try {
      JsonNode map = JSON.readTree(index.toFile()).path("weight_map");
      if (!map.isObject()) {
        problems.add(badIndex(index, "it has no object `weight_map`"));
      }
      if (map.isObject() && map.isEmpty()) {
        problems.add(badIndex(index, "its `weight_map` lists no tensor"));
      }
      map.fields().forEachRemaining(e -> weightMap.put(e.getKey(), e.getValue().asText()));
    } catch (JsonProcessingException e) {
      problems.add(badIndex(index, "it is not JSON: " + JsonFault.said(e)));
    } catch (IOException e) {
      problems.add(badIndex(index, "it cannot be read: " + e.getMessage()));
    }
    List<Path> shards = new ArrayList<>();
    for (String name : new TreeSet<>(weightMap.values())) {
      if (name.indexOf('\0') >= 0) {
        problems.add(badIndex(index, "a shard's name has a NUL character in it"));
        return new Checkpoint(List.of(), Map.of());
      }
      Path shard = directory.resolve(name);
      if (!shard.normalize().startsWith(directory.normalize())) {
        problems.add(badIndex(index, "shard `" + name + "` lies outside of the model's directory"));
      } else if (!Files.isRegularFile(shard)) {
        problems.add(
            Diagnostic.inFile(
                "weights.missing-shard",
                index.toString(),
                "shard `" + name + "` is listed but is not in the directory",
                "download the missing file"));
      } else {
        shards.add(shard);
      }
    }
    int before = problems.size();
    Checkpoint checkpoint = merge(shards, problems);
    if (problems.size() == before) {
      weightMap.forEach(
          (tensor, shard) -> {
            TensorEntry entry = checkpoint.tensors.get(tensor);
            Path listed = directory.resolve(shard);
            if (shards.contains(listed) && (entry == null || !entry.file().equals(listed))) {
              problems.add(
                  badIndex(index, "tensor `" + tensor + "` is not in " + shard + " as listed"));
            }
          });
    }
    return checkpoint;
  }

  private static Diagnostic badIndex(Path index, String message) {
    return Diagnostic.inFile(
        "weights.bad-index", index.toString(), message, "download the index file again");
  }
}
