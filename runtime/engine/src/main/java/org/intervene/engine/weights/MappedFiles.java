package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.safetensors.Checkpoint;
import org.intervene.model.safetensors.TensorEntry;

/** Tensors of a checkpoint as views of its files in memory, without a copy. */
final class MappedFiles {
  private static final ScriptModule SCRIPT =
      ScriptModule.ofResource(MappedFiles.class, "mapped.py");

  private final Checkpoint checkpoint;
  private final NDManager owner;
  private final Map<Path, NDArray> whole = new HashMap<>();

  MappedFiles(Checkpoint checkpoint, NDManager owner) {
    this.checkpoint = checkpoint;
    this.owner = owner;
  }

  /** A view that lives as long as the owner, on one mapping for the whole file. */
  NDArray lasting(TensorEntry entry) {
    NDArray bytes = whole.computeIfAbsent(entry.file(), f -> map(owner, f, mappedLength(f)));
    return view(owner, bytes, entry);
  }

  /**
   * A view on a mapping of its own, which ends with the scope: pages that were read for a
   * conversion then count no longer.
   */
  NDArray part(NDManager scope, TensorEntry entry) {
    return view(scope, map(scope, entry.file(), entry.offset() + entry.bytes()), entry);
  }

  private static NDArray map(NDManager scope, Path file, long length) {
    return SCRIPT.call(scope, "map_file", file.toString(), length);
  }

  private long mappedLength(Path file) {
    return checkpoint.tensors().values().stream()
        .filter(t -> t.file().equals(file))
        .mapToLong(t -> t.offset() + t.bytes())
        .max()
        .orElse(0);
  }

  private static NDArray view(NDManager scope, NDArray bytes, TensorEntry entry) {
    Dtype stored = Dtype.inSafetensors(entry.dtype()).orElseThrow();
    int type = Tensors.scalarType(stored);
    long[] shape = entry.shape();
    long[] strides = strides(shape);
    if (entry.offset() % stored.bytes() == 0) {
      long first = entry.offset() / stored.bytes();
      return SCRIPT.call(scope, "view", bytes, type, first, shape, strides);
    }
    return SCRIPT.call(
        scope, "view_unaligned", bytes, type, entry.offset(), entry.bytes(), shape, strides);
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape[i];
    }
    return strides;
  }
}
