package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.Tensors;

/** The tensor operations of edits and reads, compiled once. */
final class EditScript {
  static final ScriptModule SCRIPT = ScriptModule.ofResource(EditScript.class, "edits.py");

  private EditScript() {}

  /** Row numbers as libtorch wants them for indexed writes, in 64 bits. */
  static NDArray index(NDManager scope, int[] rows) {
    return Tensors.indices(scope, Arrays.stream(rows).asLongStream().toArray());
  }
}
