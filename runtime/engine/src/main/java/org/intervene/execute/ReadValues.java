package org.intervene.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Read;

/** The numbers that works were asked for, as they come in. */
final class ReadValues {
  private final double[][] values;
  private final List<Runnable> waiting = new ArrayList<>();
  private final Map<Integer, Map<Read, Integer>> places = new HashMap<>();

  ReadValues(Works works) {
    this.values = new double[works.works().size()][];
    for (Work work : works.works()) {
      values[work.id()] = new double[work.reads().size()];
      Arrays.fill(values[work.id()], Double.NaN);
      Map<Read, Integer> of = new HashMap<>();
      List<Read> reads = work.reads();
      for (int i = 0; i < reads.size(); i++) {
        of.put(reads.get(i), i);
      }
      places.put(work.id(), of);
    }
  }

  void set(int work, int read, double value) {
    values[work][read] = value;
  }

  /** Sets a value once all works have run. */
  void later(int work, int read, DoubleSupplier value) {
    waiting.add(() -> set(work, read, value.getAsDouble()));
  }

  /** Computes what had to wait. */
  void finish() {
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  /** The value of a read of a work. */
  double get(int work, Read read) {
    return values[work][places.get(work).get(read)];
  }
}
