package org.intervene.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.Read;

/**
 * All distinct work of a plan.
 *
 * @param works a work's id is its index; it reads only works with a smaller level
 * @param ofCell for each cell of the plan the work that it is
 * @param elsewhere what is wanted of a work and is another work's value
 * @param fired how often each rule did something
 */
public record Works(
    ModelFacts facts,
    List<Work> works,
    int[] ofCell,
    Map<Wish, Integer> elsewhere,
    Map<String, Integer> fired) {
  public Works {
    works = List.copyOf(works);
    elsewhere = Map.copyOf(elsewhere);
    fired = new LinkedHashMap<>(fired);
  }

  /** Something that is wanted of a work. */
  public sealed interface Wish {
    /** A number. */
    record Number(int work, Read read) implements Wish {}

    /** A site's value. */
    record Value(int work, Site site, int layer) implements Wish {}

    /** The next-token distribution at a position. */
    record Distribution(int work, int position) implements Wish {}
  }

  /** The same cells with other works. */
  Works with(List<Work> other) {
    return new Works(facts, other, ofCell, elsewhere, fired);
  }

  /** Says that these wishes are other works' values. */
  Works finding(Map<Wish, Integer> more) {
    Map<Wish, Integer> all = new HashMap<>(elsewhere);
    all.putAll(more);
    return new Works(facts, works, ofCell, all, fired);
  }

  /** Says that a rule did something so many times. */
  Works counting(String rule, int times) {
    Map<String, Integer> more = new LinkedHashMap<>(fired);
    more.merge(rule, times, Integer::sum);
    return new Works(facts, works, ofCell, elsewhere, more);
  }

  /**
   * Finds other routes for works that continue another one and that none continues, and says how
   * many it found.
   *
   * @param better gives a work's new route, or nothing
   */
  Works rerouting(String rule, BiFunction<Work, Route.Join, Optional<Route>> better) {
    Set<Integer> continued = continued();
    List<Work> all = copy();
    int found = 0;
    for (Work work : works) {
      if (work.route() instanceof Route.Join join && !continued.contains(work.id())) {
        Optional<Route> route = better.apply(work, join);
        route.ifPresent(r -> all.set(work.id(), work.withRoute(r)));
        found += route.isPresent() ? 1 : 0;
      }
    }
    return with(all).counting(rule, found);
  }

  Work get(int id) {
    return works.get(id);
  }

  List<Work> copy() {
    return new ArrayList<>(works);
  }

  /** The work whose numbers a work has. */
  public int real(int work) {
    return works.get(work).route() instanceof Route.SameAs same ? real(same.work()) : work;
  }

  /** The work that has a number which is wanted of a work. */
  public int answering(int work, Read read) {
    int own = real(work);
    Integer other = elsewhere.get(new Wish.Number(own, read));
    return other == null ? own : answering(other, read);
  }

  /** The work that has the distribution which is wanted of a work at a position. */
  public int predicting(int work, int position) {
    int own = real(work);
    Integer other = elsewhere.get(new Wish.Distribution(own, position));
    return other == null ? own : predicting(other, position);
  }

  /** The work that leaves a site's value behind which is wanted of a work. */
  public int holding(int work, Site site, int layer) {
    int own = real(work);
    Integer other = elsewhere.get(new Wish.Value(own, site, layer));
    if (other != null) {
      return holding(other, site, layer);
    }
    boolean before =
        works.get(own).route() instanceof Route.Join join && join.entry().isAfter(site, layer);
    return before ? holding(((Route.Join) works.get(own).route()).parent(), site, layer) : own;
  }

  /** The edits of a work that the values which it starts from do not hold yet. */
  public List<CellEdit> left(Work work) {
    if (work.route() instanceof Route.Join join) {
      return left(work, join.parent(), join.entry());
    } else if (work.route() instanceof Route.Close close) {
      Entry end = new Entry(facts.layers() - 1, Entry.Stage.AFTER);
      return left(work, close.parent(), end);
    }
    return work.edits();
  }

  private List<CellEdit> left(Work work, int parent, Entry entry) {
    int shared = works.get(parent).edits().size();
    List<CellEdit> left = new ArrayList<>();
    for (int i = 0; i < work.edits().size(); i++) {
      CellEdit edit = work.edits().get(i);
      if (i >= shared || entry.isBefore(edit.slice().site(), edit.slice().layer())) {
        left.add(edit);
      }
    }
    return left;
  }

  /** The works that others continue. */
  public Set<Integer> continued() {
    Set<Integer> parents = new HashSet<>();
    for (Work work : works) {
      if (work.route() instanceof Route.Join join) {
        parents.add(join.parent());
      } else if (work.route() instanceof Route.Close close) {
        parents.add(close.parent());
      }
    }
    return parents;
  }
}
