package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;

/**
 * Numbers on their way to Java's memory. To fetch them means to wait for everything that a device
 * still has to do, so they are gathered while a pack runs and fetched together.
 */
final class Fetching {
  /** More elements than this are fetched at once: gathered, they would need too much memory. */
  static final int MOST = 1 << 20;

  private final NDManager scope;
  private final List<Part> parts = new ArrayList<>();
  private long elements;

  /** A tensor, and who wants its elements. */
  private record Part(NDArray tensor, Consumer<double[]> to) {}

  /**
   * @param scope owns what is gathered
   */
  Fetching(NDManager scope) {
    this.scope = scope;
  }

  /**
   * Will fetch a tensor, which is taken over; in the order in which they are given.
   *
   * @param to gets its elements, row-major
   */
  void later(NDArray tensor, Consumer<double[]> to) {
    Home.keep(Home.of(tensor).under(scope), tensor);
    parts.add(new Part(tensor, to));
    elements += tensor.size();
    if (elements >= MOST) {
      now();
    }
  }

  /** Fetches everything that was gathered: one copy for each device. */
  void now() {
    Map<Home, List<NDArray>> byHome = new LinkedHashMap<>();
    for (Part part : parts) {
      byHome.computeIfAbsent(Home.of(part.tensor), k -> new ArrayList<>()).add(part.tensor);
    }
    Map<Home, double[]> fetched = new LinkedHashMap<>();
    byHome.forEach((home, tensors) -> fetched.put(home, fetch(home, tensors)));
    Map<Home, Integer> next = new LinkedHashMap<>();
    for (Part part : parts) {
      Home home = Home.of(part.tensor);
      double[] own = new double[Math.toIntExact(part.tensor.size())];
      int start = next.getOrDefault(home, 0);
      System.arraycopy(fetched.get(home), start, own, 0, own.length);
      next.put(home, start + own.length);
      part.tensor.close();
      part.to.accept(own);
    }
    parts.clear();
    elements = 0;
  }

  private double[] fetch(Home home, List<NDArray> tensors) {
    try (NDManager inner = home.under(scope).newSubManager()) {
      NDArray[] all = tensors.toArray(NDArray[]::new);
      return Tensors.toDoubles(EditScript.SCRIPT.call(inner, "stretched", (Object) all));
    }
  }
}
