package org.intervene.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.digest.Sha256;
import org.intervene.engine.source.FileDigests;
import org.intervene.lock.ModelFileNames;
import org.intervene.model.safetensors.Checkpoint;

/**
 * Digests of everything in a model directory that decides what the model computes.
 *
 * @param files by name
 * @param weights names of the weight files
 */
record ModelDigests(SortedMap<String, String> files, List<String> weights) {

  /**
   * Reads all files of a model.
   *
   * @throws DiagnosticException if there are no weights, or a file cannot be read
   */
  static ModelDigests of(Path directory) {
    List<Diagnostic> problems = new ArrayList<>();
    Checkpoint checkpoint = Checkpoint.read(directory, problems);
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
    List<String> weights =
        checkpoint.files().stream().map(f -> f.getFileName().toString()).sorted().toList();
    List<String> names = new ArrayList<>(weights);
    names.add(ModelFileNames.CONFIG);
    names.addAll(ModelFileNames.TOKENIZER);
    SortedMap<String, String> files = new TreeMap<>();
    try {
      for (String name : names) {
        if (Files.isRegularFile(directory.resolve(name))) {
          files.put(name, Sha256.PREFIX + FileDigests.hex(directory.resolve(name)));
        }
      }
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "model.unreadable",
              directory.toString(),
              "a file cannot be read any more: " + e.getMessage(),
              "do not change a model while it is run"));
    }
    return new ModelDigests(files, weights);
  }

  /** One digest for each part of a model, and for the whole. */
  SortedMap<String, String> byRole() {
    SortedMap<String, String> roles = new TreeMap<>();
    roles.put("model", Sha256.ofFiles(files));
    roles.put("config", part(List.of(ModelFileNames.CONFIG)));
    roles.put("weights", part(weights));
    if (files.containsKey(ModelFileNames.TOKENIZER.get(0))) {
      roles.put("tokenizer", part(ModelFileNames.TOKENIZER));
    }
    return roles;
  }

  private String part(List<String> names) {
    SortedMap<String, String> part = new TreeMap<>(files);
    part.keySet().retainAll(names);
    return Sha256.ofFiles(part);
  }
}
