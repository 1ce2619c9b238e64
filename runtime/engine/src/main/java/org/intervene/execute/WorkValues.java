package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.optimise.Liveness.Value;
import org.intervene.optimise.Works;

/** What works left behind for others, by work and site. */
final class WorkValues {
  private final Works works;
  private final ModelFacts facts;
  private final Spilled spilled;
  private final Map<Value, Captured> kept = new HashMap<>();
  private final Map<NDArray, Integer> users = new IdentityHashMap<>();

  WorkValues(Works works, Spilled spilled) {
    this.works = works;
    this.facts = works.facts();
    this.spilled = spilled;
  }

  ModelFacts facts() {
    return facts;
  }

  void keep(int work, Site site, int layer, Captured value) {
    if (!spilled.keep(new Value(work, site, layer), value)) {
      kept.put(new Value(work, site, layer), value);
      users.merge(value.tensor(), 1, Integer::sum);
    }
  }

  /** Says that all values in a tensor have been kept: what belongs in the file goes there. */
  void kept(NDArray tensor) {
    spilled.write(tensor);
  }

  /** Frees the copies of values in the file that a block has read. */
  void unload() {
    spilled.unload();
  }

  Captured get(int work, Site site, int layer) {
    Value wanted = new Value(works.holding(work, site, layer), site, layer);
    Captured value = spilled.has(wanted) ? spilled.get(wanted) : kept.get(wanted);
    if (value == null) {
      throw new IllegalStateException(
          "work " + work + " left no " + site.spelled() + "[" + layer + "] behind");
    }
    return value;
  }

  /** How a site is laid out in a work, without its elements. */
  HostValue shape(int work, Site site) {
    return HostValue.of(site, facts, works.works().get(work).tokens().length, new double[0]);
  }

  /** Forgets what nothing reads any more; a tensor is freed with the last value in it. */
  void release(Predicate<Value> dead) {
    spilled.release(dead);
    Iterator<Map.Entry<Value, Captured>> all = kept.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Value, Captured> next = all.next();
      if (dead.test(next.getKey())) {
        all.remove();
        NDArray tensor = next.getValue().tensor();
        if (users.merge(tensor, -1, Integer::sum) == 0) {
          users.remove(tensor);
          tensor.close();
        }
      }
    }
  }

  /**
   * A value in Java's memory, as positions x elements; positions that were not computed are NaN.
   */
  HostValue host(int work, Site site, int layer) {
    Value wanted = new Value(works.holding(work, site, layer), site, layer);
    if (!spilled.has(wanted)) {
      return host(work, site, get(work, site, layer));
    }
    Captured copy = spilled.read(wanted);
    try (NDArray rows = copy.tensor()) {
      return host(work, site, copy);
    }
  }

  private HostValue host(int work, Site site, Captured value) {
    int length = works.works().get(work).tokens().length;
    long each = value.tensor().size() / value.tensor().getShape().get(0);
    double[] rows;
    try (NDManager scope = value.tensor().getManager().newSubManager();
        NDArray own = value.tensor().get(value.row() + ":" + (value.row() + value.rows()))) {
      Home.keep(scope, own);
      rows = Tensors.toDoubles(own);
    }
    if (site.hasSources()) {
      return HostValue.of(site, facts, length, byHead(rows, value, length));
    }
    double[] all = new double[Math.toIntExact(length * each)];
    Arrays.fill(all, Double.NaN);
    System.arraycopy(rows, 0, all, Math.toIntExact(value.first() * each), rows.length);
    return HostValue.of(site, facts, length, all);
  }

  /** Attention is kept by rows, [pos, head, src]; a site has [head, pos, src]. */
  private double[] byHead(double[] rows, Captured value, int length) {
    int heads = facts.heads();
    int sources = rows.length / (value.rows() * heads);
    double[] all = new double[heads * length * length];
    Arrays.fill(all, Double.NaN);
    for (int r = 0; r < value.rows(); r++) {
      for (int h = 0; h < heads; h++) {
        int to = (h * length + value.first() + r) * length;
        System.arraycopy(rows, (r * heads + h) * sources, all, to, sources);
      }
    }
    return all;
  }

  /** Distinct tensors of several captured values, stacked. */
  static final class Pool {
    private final List<NDArray> tensors = new ArrayList<>();
    private final Map<NDArray, Integer> starts = new IdentityHashMap<>();
    private int rows;

    /** The row at which position 0 of a value stands, or would stand if the value had it. */
    int start(Captured value) {
      Integer start = starts.get(value.tensor());
      if (start == null) {
        start = rows;
        starts.put(value.tensor(), start);
        tensors.add(value.tensor());
        rows += Math.toIntExact(value.tensor().getShape().get(0));
      }
      return start + value.at(0);
    }

    /** All of them, [row, ...]. */
    NDArray all(NDManager scope) {
      return tensors.size() == 1
          ? tensors.get(0)
          : EditScript.SCRIPT.call(scope, "cat", (Object) tensors.toArray(NDArray[]::new));
    }
  }
}
