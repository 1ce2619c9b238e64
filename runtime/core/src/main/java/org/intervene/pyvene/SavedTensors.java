package org.intervene.pyvene;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.model.safetensors.SafetensorsWriter.Tensor;

/** The vectors and subspaces of a spec that lie in a file beside it. */
final class SavedTensors {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();

  /** Adds a vector, or the elements of it at these indices; returns its name in the spec. */
  String vector(String name, double[] elements, int[] indices) {
    int[] wanted = indices == null ? IntStream.range(0, elements.length).toArray() : indices;
    double[] picked = IntStream.of(wanted).mapToDouble(i -> elements[i]).toArray();
    return add("vector", name, List.of((long) picked.length), picked);
  }

  /** The same tensor is kept once; another one of the same name gets a number. */
  private String add(String kind, String name, List<Long> shape, double[] elements) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(elements.length, 8)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(elements);
    for (int n = 1; ; n++) {
      String free = n == 1 ? name : name + "_" + n;
      Tensor known = tensors.get(free);
      if (known == null) {
        kinds.put(free, kind);
        tensors.put(free, new Tensor(free, "F64", shape, List.of(bytes.array())));
        return free;
      } else if (known.shape().equals(shape)
          && Arrays.equals(known.parts().get(0), bytes.array())) {
        return free;
      }
    }
  }

  List<Tensor> all() {
    return List.copyOf(tensors.values());
  }

  /** The lines that declare them. */
  List<String> declarations(String file) {
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (name, kind) -> lines.add(kind + " " + name + " = file " + Quoted.text(file + "#" + name)));
    return lines;
  }
}
