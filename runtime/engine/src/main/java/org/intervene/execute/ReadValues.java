package org.intervene.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.journal.PackRecord.Numbers;
import org.intervene.journal.PackRecord.Waiting;
import org.intervene.model.ModelFacts;
import org.intervene.optimise.Work;
import org.intervene.optimise.Works;
import org.intervene.plan.Read;

/** The numbers that works were asked for, as they come in. */
final class ReadValues {
  private final ModelFacts facts;
  private final List<Work> works;
  private final double[][] values;
  private final Map<Integer, Map<Read, Integer>> places = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<int[]> fresh = new ArrayList<>();
  private int old;

  ReadValues(Works works) {
    this.facts = works.facts();
    this.works = works.works();
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
    fresh.add(new int[] {work, read});
  }

  /**
   * Sets a value once the vector is known that the read compares with, if it compares with any.
   *
   * @param selected the positions that the read selects, and no others
   */
  void later(int work, int read, HostValue selected) {
    waiting.add(new Waiting(work, read, selected.positions(), selected.data()));
  }

  /** Computes what had to wait for what is known now. */
  void settle(PlanOperands operands) {
    List<Waiting> left = new ArrayList<>();
    int oldLeft = 0;
    for (int i = 0; i < waiting.size(); i++) {
      Waiting w = waiting.get(i);
      if (!operands.knows(vector(read(w)))) {
        left.add(w);
        oldLeft += i < old ? 1 : 0;
      } else {
        set(w.work(), w.read(), value(w, operands));
      }
    }
    waiting.clear();
    waiting.addAll(left);
    old = oldLeft;
  }

  private Read read(Waiting w) {
    return works.get(w.work()).reads().get(w.read());
  }

  private double value(Waiting w, PlanOperands operands) {
    Read read = SiteReads.moved(read(w));
    HostValue value = HostValue.of(SiteReads.slice(read).site(), facts, w.positions(), w.data());
    return HostReads.fromActivation(read, value, operands);
  }

  /** The vector that a read compares with; -1 if it has none. */
  private static int vector(Read read) {
    if (read instanceof Read.Dot r) {
      return r.vector();
    }
    return read instanceof Read.Cos r ? r.vector() : -1;
  }

  /** The numbers that came in since this was last asked. */
  Numbers news() {
    int count = fresh.size();
    Numbers news = new Numbers(new int[count], new int[count], new double[count]);
    for (int i = 0; i < count; i++) {
      int[] place = fresh.get(i);
      news.works()[i] = place[0];
      news.reads()[i] = place[1];
      news.values()[i] = values[place[0]][place[1]];
    }
    fresh.clear();
    return news;
  }

  /** What came to wait since this was last asked, and still does. */
  List<Waiting> newlyWaiting() {
    List<Waiting> more = List.copyOf(waiting.subList(old, waiting.size()));
    old = waiting.size();
    return more;
  }

  /** Takes numbers that were written down. */
  void restore(Numbers numbers, List<Waiting> more) {
    for (int i = 0; i < numbers.values().length; i++) {
      values[numbers.works()[i]][numbers.reads()[i]] = numbers.values()[i];
    }
    waiting.addAll(more);
    old = waiting.size();
  }

  /** The value of a read of a work. */
  double get(int work, Read read) {
    return values[work][places.get(work).get(read)];
  }
}
