package org.intervene.optimise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intervene.model.ModelFacts;

/**
 * All distinct work of a plan.
 *
 * @param works a work's id is its index; it reads only works with a smaller level
 * @param ofCell for each cell of the plan the work that it is
 * @param fired how often each rule did something
 */
public record Works(ModelFacts facts, List<Work> works, int[] ofCell, Map<String, Integer> fired) {
  public Works {
    works = List.copyOf(works);
    fired = new LinkedHashMap<>(fired);
  }

  /** The same cells with other works. */
  Works with(List<Work> other) {
    return new Works(facts, other, ofCell, fired);
  }

  /** Says that a rule did something so many times. */
  Works counting(String rule, int times) {
    Map<String, Integer> more = new LinkedHashMap<>(fired);
    more.merge(rule, times, Integer::sum);
    return new Works(facts, works, ofCell, more);
  }

  Work get(int id) {
    return works.get(id);
  }

  List<Work> copy() {
    return new ArrayList<>(works);
  }
}
