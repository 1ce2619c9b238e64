package org.intervene.pyvene;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.torchfile.TorchFile;
import org.intervene.model.torchfile.TorchTensor;

/** The saved tensors of interventions, read from {@code intkey_*.bin} when they are asked for. */
final class Weights {
  private final Path directory;
  private final Problems problems;
  private final Map<Integer, Integer> collisions = new HashMap<>();
  private final Map<Integer, Optional<Map<String, TorchTensor>>> read = new HashMap<>();

  Weights(Path directory, SavedConfig config, Problems problems) {
    this.directory = directory;
    this.problems = problems;
    Map<String, Integer> seen = new HashMap<>();
    for (Representation r : config.representations()) {
      int before = seen.merge(r.weightFiles(0).get(0), 1, Integer::sum) - 1;
      collisions.put(r.index(), before);
    }
  }

  /** Whether an intervention's file has a tensor. */
  boolean has(Representation of, String name) {
    return all(of).map(tensors -> tensors.containsKey(name)).orElse(false);
  }

  /** A tensor of an intervention; reports and returns empty if it is not there. */
  Optional<TorchTensor> tensor(Representation of, String name) {
    Optional<Map<String, TorchTensor>> all = all(of);
    if (all.isPresent() && !all.get().containsKey(name)) {
      problems.malformed(of.at(), "its file of weights has no tensor `" + name + "`");
    }
    return all.map(tensors -> tensors.get(name));
  }

  private Optional<Map<String, TorchTensor>> all(Representation of) {
    Optional<Map<String, TorchTensor>> all = read.get(of.index());
    if (all == null) {
      all = file(of);
      read.put(of.index(), all);
    }
    return all;
  }

  private Optional<Map<String, TorchTensor>> file(Representation of) {
    List<String> names = of.weightFiles(collisions.get(of.index()));
    Optional<Path> file =
        names.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
    if (file.isEmpty()) {
      problems.broken(
          "pyvene.missing-file",
          directory,
          "the weights of `" + of.at().path() + "` are missing: `" + names.get(0) + "`",
          "copy the whole directory that pyvene saved");
      return Optional.empty();
    }
    List<Diagnostic> broken = new ArrayList<>();
    Optional<Map<String, TorchTensor>> tensors = TorchFile.read(file.get(), broken);
    problems.broken(broken);
    return tensors;
  }
}
