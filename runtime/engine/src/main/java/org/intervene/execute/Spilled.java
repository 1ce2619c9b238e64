package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Homes;
import org.intervene.optimise.Left;
import org.intervene.optimise.Liveness;
import org.intervene.optimise.Liveness.Value;
import org.intervene.optimise.PhysicalPlan;

/** The values that a plan keeps in a file, and the copies of them that a block is reading. */
final class Spilled {
  private final Set<Left> chosen;
  private final Liveness liveness;
  private final SpillFile file;
  private final Homes owners;
  private final Map<Value, Captured> waiting = new HashMap<>();
  private final Map<Value, Stored> stored = new HashMap<>();
  private final Map<Value, Captured> loaded = new HashMap<>();

  /**
   * Where a value stands.
   *
   * @param home where it was and is to be again
   * @param start its first byte
   * @param first position of its first row
   * @param shape [row, ...]
   */
  private record Stored(Home home, long start, int first, long[] shape) {}

  /**
   * @param owner of the copies
   */
  Spilled(PhysicalPlan physical, Liveness liveness, SpillFile file, NDManager owner) {
    this.chosen = physical.spilled();
    this.liveness = liveness;
    this.file = file;
    this.owners = new Homes(owner);
  }

  /** Takes a value if the plan wants it in the file. */
  boolean keep(Value value, Captured captured) {
    if (chosen.isEmpty() || !chosen.contains(liveness.left(value))) {
      return false;
    }
    waiting.put(value, captured);
    return true;
  }

  /** Writes what was taken, all of one tensor, and frees that. */
  void write(NDArray tensor) {
    if (waiting.isEmpty()) {
      return;
    }
    long start = file.append(tensor);
    Home home = Home.of(tensor);
    long[] shape = tensor.getShape().getShape();
    long row = file.bytes(tensor) / shape[0];
    waiting.forEach(
        (value, captured) -> {
          long[] own = shape.clone();
          own[0] = captured.rows();
          stored.put(value, new Stored(home, start + captured.row() * row, captured.first(), own));
        });
    waiting.clear();
    tensor.close();
  }

  boolean has(Value value) {
    return stored.containsKey(value);
  }

  /** A value, in memory until {@link #unload}. */
  Captured get(Value value) {
    return loaded.computeIfAbsent(value, this::read);
  }

  /** A copy of a value that the caller closes. */
  Captured read(Value value) {
    Stored place = stored.get(value);
    NDArray rows = file.read(owners.at(place.home), place.start, place.shape);
    return new Captured(rows, 0, place.first, Math.toIntExact(place.shape[0]));
  }

  /** Frees what was read. */
  void unload() {
    loaded.values().forEach(captured -> captured.tensor().close());
    loaded.clear();
  }

  /** Forgets what nothing reads any more. */
  void release(Predicate<Value> dead) {
    stored.keySet().removeIf(dead);
  }
}
