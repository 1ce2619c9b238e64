package org.intervene.execute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Read;

/** Rows of logits that divergences between works compare, kept until all works have run. */
final class Distributions {
  private final Works works;
  private final Map<Integer, Set<Integer>> wanted = new HashMap<>();
  private final Map<List<Integer>, double[]> logits = new HashMap<>();

  Distributions(Works works) {
    this.works = works;
    for (Work work : works.works()) {
      work.compared().forEach(p -> want(work.id(), p));
      for (Read read : work.reads()) {
        if (read instanceof Read.Kl r) {
          want(work.id(), r.position());
        } else if (read instanceof Read.Js r) {
          want(work.id(), r.position());
        }
      }
    }
  }

  private void want(int work, int position) {
    wanted.computeIfAbsent(work, k -> new HashSet<>()).add(position);
  }

  /** The positions of a work whose logits are wanted. */
  Set<Integer> positions(int work) {
    return wanted.getOrDefault(work, Set.of());
  }

  void put(int work, int position, double[] row) {
    logits.put(List.of(work, position), row);
  }

  private double[] get(int work, int position) {
    return logits.get(List.of(works.predicting(work, position), position));
  }

  /** Fills in the divergences. */
  void compare(ReadValues results) {
    for (Work work : works.works()) {
      for (int i = 0; i < work.reads().size(); i++) {
        if (work.reads().get(i) instanceof Read.Kl r) {
          double[] other = get(r.cell(), r.otherPosition());
          results.set(work.id(), i, HostReads.kl(get(work.id(), r.position()), other));
        } else if (work.reads().get(i) instanceof Read.Js r) {
          double[] other = get(r.cell(), r.otherPosition());
          results.set(work.id(), i, HostReads.js(get(work.id(), r.position()), other));
        }
      }
    }
  }
}
