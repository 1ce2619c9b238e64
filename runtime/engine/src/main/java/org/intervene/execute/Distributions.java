package org.intervene.execute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.journal.PackRecord.Row;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Read;

/** Rows of logits that divergences between works compare, each kept until its last comparison. */
final class Distributions {
  private final Map<Integer, Set<Integer>> wanted = new HashMap<>();
  private final Map<Place, Set<Comparison>> waiting = new HashMap<>();
  private final Map<Place, double[]> logits = new HashMap<>();
  private final Set<Place> fresh = new HashSet<>();

  /** The next-token distribution at a position of a work. */
  private record Place(int work, int position) {}

  /** A divergence that is wanted. */
  private record Comparison(int work, int index, Read read, Place one, Place other) {}

  Distributions(Works works) {
    for (Work work : works.works()) {
      work.compared().forEach(p -> want(work.id(), p));
      for (int i = 0; i < work.reads().size(); i++) {
        Read read = work.reads().get(i);
        if (read instanceof Read.Kl r) {
          compare(works, work.id(), i, r.position(), r.cell(), r.otherPosition());
        } else if (read instanceof Read.Js r) {
          compare(works, work.id(), i, r.position(), r.cell(), r.otherPosition());
        }
      }
    }
  }

  private void want(int work, int position) {
    wanted.computeIfAbsent(work, k -> new HashSet<>()).add(position);
  }

  private void compare(Works works, int work, int index, int position, int cell, int there) {
    want(work, position);
    Place one = new Place(works.predicting(work, position), position);
    Place other = new Place(works.predicting(cell, there), there);
    Read read = works.works().get(work).reads().get(index);
    Comparison comparison = new Comparison(work, index, read, one, other);
    waiting.computeIfAbsent(one, k -> new HashSet<>()).add(comparison);
    waiting.computeIfAbsent(other, k -> new HashSet<>()).add(comparison);
  }

  /** The positions of a work whose logits are wanted. */
  Set<Integer> positions(int work) {
    return wanted.getOrDefault(work, Set.of());
  }

  void put(int work, int position, double[] row) {
    Place place = new Place(work, position);
    if (waiting.containsKey(place)) {
      logits.put(place, row);
      fresh.add(place);
    }
  }

  /** Fills in the divergences whose two sides are there. */
  void settle(ReadValues results) {
    for (Place place : List.copyOf(fresh)) {
      for (Comparison c : List.copyOf(waiting.getOrDefault(place, Set.of()))) {
        if (logits.containsKey(c.one) && logits.containsKey(c.other)) {
          double[] one = logits.get(c.one);
          double[] other = logits.get(c.other);
          boolean kl = c.read instanceof Read.Kl;
          double value = kl ? HostReads.kl(one, other) : HostReads.js(one, other);
          results.set(c.work, c.index, value);
          done(c.one, c);
          done(c.other, c);
        }
      }
    }
  }

  private void done(Place place, Comparison comparison) {
    Set<Comparison> left = waiting.get(place);
    if (left != null) {
      left.remove(comparison);
      if (left.isEmpty()) {
        waiting.remove(place);
        logits.remove(place);
        fresh.remove(place);
      }
    }
  }

  /** The rows that came in since this was last asked, and are still to be compared. */
  List<Row> news() {
    List<Row> news = fresh.stream().map(p -> new Row(p.work, p.position, logits.get(p))).toList();
    fresh.clear();
    return news;
  }
}
