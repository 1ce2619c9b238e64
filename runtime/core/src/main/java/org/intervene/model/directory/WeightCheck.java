package org.intervene.model.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.Architecture;
import org.intervene.model.Dtype;
import org.intervene.model.family.Family;
import org.intervene.model.safetensors.Checkpoint;
import org.intervene.model.safetensors.TensorEntry;

/**
 * Compares what an architecture reads with what a checkpoint has. All tensors with one kind of
 * problem are one diagnostic: a config of another model makes hundreds of them.
 */
final class WeightCheck {
  /** How many tensors a message spells out. */
  private static final int SHOWN = 4;

  private final Architecture architecture;
  private final Family family;
  private final Checkpoint checkpoint;
  private final List<String> missing = new ArrayList<>();
  private final List<String> wrongShape = new ArrayList<>();
  private final List<String> wrongType = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  private WeightCheck(Architecture architecture, Family family, Checkpoint checkpoint) {
    this.architecture = architecture;
    this.family = family;
    this.checkpoint = checkpoint;
  }

  /** Reports tensors that are missing, have another shape or type, or are not accounted for. */
  static void check(
      Architecture architecture, Family family, Checkpoint checkpoint, List<Diagnostic> problems) {
    WeightCheck check = new WeightCheck(architecture, family, checkpoint);
    check.compare();
    check.report(problems);
  }

  private void compare() {
    Map<String, long[]> wanted = architecture.tensors();
    wanted.forEach(this::compare);
    new TreeMap<>(checkpoint.tensors())
        .forEach(
            (name, entry) -> {
              if (!wanted.containsKey(name) && !isInert(entry)) {
                unexpected.add("`" + name + "`");
              }
            });
  }

  private void compare(String name, long[] shape) {
    TensorEntry entry = checkpoint.tensors().get(name);
    if (entry == null) {
      missing.add("`" + name + "` " + Arrays.toString(shape));
    } else if (!Arrays.equals(entry.shape(), shape)) {
      wrongShape.add(
          "`"
              + name
              + "` is "
              + Arrays.toString(entry.shape())
              + ", not "
              + Arrays.toString(shape));
    } else if (Dtype.inSafetensors(entry.dtype()).isEmpty()) {
      wrongType.add("`" + name + "` is " + entry.dtype());
    }
  }

  /**
   * Whether a tensor is there but never read: a mask, or the copy of a tied embedding, which is
   * compared when weights are loaded.
   */
  private boolean isInert(TensorEntry entry) {
    String name = entry.name();
    if (architecture.tied() && name.equals(architecture.unembedding().ownName())) {
      return Arrays.equals(entry.shape(), architecture.embedding().tokens().fileShape());
    }
    return family.prefixes().stream()
        .anyMatch(
            p ->
                name.startsWith(p)
                    && family.inertTensors().matcher(name.substring(p.length())).matches());
  }

  private void report(List<Diagnostic> problems) {
    Path file = checkpoint.files().get(0);
    String other = "config.json may belong to another model";
    add(
        problems,
        file,
        "weights.missing-tensor",
        missing,
        "missing tensor",
        other + ", or the file is incomplete");
    add(
        problems,
        file,
        "weights.wrong-shape",
        wrongShape,
        "tensor of another shape than config.json asks for",
        other);
    add(
        problems,
        file,
        "weights.unsupported-dtype",
        wrongType,
        "tensor that does not hold floating-point numbers",
        "quantised weights are not supported: save the model as float32, float16 or bfloat16");
    add(
        problems,
        file,
        "weights.unexpected-tensor",
        unexpected,
        "tensor that is not part of the model that config.json describes",
        other + "; remove the tensors only if they do not matter");
  }

  private static void add(
      List<Diagnostic> problems,
      Path file,
      String id,
      List<String> found,
      String what,
      String help) {
    if (found.isEmpty()) {
      return;
    }
    String shown = found.stream().limit(SHOWN).collect(Collectors.joining("; "));
    String more = found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : "";
    problems.add(Diagnostic.inFile(id, file.toString(), what + ": " + shown + more, help));
  }
}
