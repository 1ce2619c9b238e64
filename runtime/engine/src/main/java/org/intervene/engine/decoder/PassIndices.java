package org.intervene.engine.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Homes;
import org.intervene.engine.script.Tensors;

/**
 * Index tensors of a pass. What layer after layer picks by the same numbers is sent to its device
 * once; each use has room for one tensor, which goes when its numbers or its device change.
 */
final class PassIndices {
  private final Homes owners;
  private final Map<Object, Sent> byUse = new HashMap<>();

  /** What attention picks rows for. */
  enum Use {
    POSITIONS,
    KEPT,
    ORDER,
    ASKED,
    PLACE,
    KEYS,
    VALUES
  }

  private record Sent(int[] numbers, Home home, NDArray tensor) {}

  /**
   * @param owner lives as long as the pass
   */
  PassIndices(NDManager owner) {
    this.owners = new Homes(owner);
  }

  /** The numbers where a manager's tensors are; to be used before the same use is asked again. */
  NDArray of(NDManager at, Object use, int[] numbers) {
    Home home = Home.of(at);
    Sent known = byUse.get(use);
    if (known != null && known.home.equals(home) && Arrays.equals(known.numbers, numbers)) {
      return known.tensor;
    }
    if (known != null) {
      known.tensor.close();
    }
    NDArray tensor = Tensors.indices(owners.at(home), numbers);
    byUse.put(use, new Sent(numbers, home, tensor));
    return tensor;
  }
}
