package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.intervene.model.part.TensorRef;

/** Gives a model's weights in the dtype and on the device of the run. */
public interface Weights {
  /** A weight in its own shape, contiguous; the same tensor for the same reference. */
  NDArray get(TensorRef ref);

  /** A weight that may be absent, as a list of one or none: how TorchScript is told. */
  default NDArray[] maybe(Optional<TensorRef> ref) {
    return ref.map(r -> new NDArray[] {get(r)}).orElseGet(() -> new NDArray[0]);
  }
}
