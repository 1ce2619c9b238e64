package org.intervene.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.model.ModelFacts;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;

/** Activations in Java's memory that wait for the vector that they are compared with. */
final class Waiting {
  private final Plan plan;
  private final ModelFacts facts;
  private final Map<Integer, Integer> complete = new HashMap<>();

  private Waiting(Plan plan) {
    this.plan = plan;
    this.facts = plan.model();
  }

  /** Most bytes of them: those that outlive their pack, and those of the largest pack. */
  static long bytes(Plan plan, PhysicalPlan physical, Liveness liveness) {
    Waiting waiting = new Waiting(plan);
    List<Pack> packs = physical.packs();
    for (int p = 0; p < packs.size(); p++) {
      for (int vector : liveness.after(p).vectors()) {
        waiting.complete.put(vector, p);
      }
    }
    long outliving = 0;
    long largest = 0;
    for (int p = 0; p < packs.size(); p++) {
      long own = 0;
      for (int work : packs.get(p).works()) {
        for (Read read : physical.works().get(work).reads()) {
          long bytes = waiting.bytes(read);
          own += bytes;
          outliving += bytes > 0 && waiting.known(vector(read)) > p ? bytes : 0;
        }
      }
      largest = Math.max(largest, own);
    }
    return outliving + largest;
  }

  private long bytes(Read read) {
    if (read instanceof Read.Dot r) {
      return bytes(r.slice());
    }
    return read instanceof Read.Cos r ? bytes(r.slice()) : 0;
  }

  /** One position of a site. */
  private long bytes(Slice slice) {
    return (long) slice.width(facts) * Double.BYTES;
  }

  private static int vector(Read read) {
    return read instanceof Read.Dot r ? r.vector() : ((Read.Cos) read).vector();
  }

  /** The pack after which a vector is known; -1 if it always is. */
  private int known(int id) {
    PlannedVector vector = plan.vectors().get(id);
    int own = complete.getOrDefault(id, -1);
    return Math.max(own, vector.parts().stream().mapToInt(this::known).max().orElse(-1));
  }
}
