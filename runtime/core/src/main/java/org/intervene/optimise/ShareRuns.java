package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.plan.Cell;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;
import org.intervene.plan.Statistic;

/**
 * Equal cells (same tokens, same edits) are one.
 *
 * <pre>
 *   clean[0]    = f("The Eiffel Tower is in")  ─┐
 *   scanned[0]  = f("The Eiffel Tower is in")  ─┼─►  work 0, read for all of them
 *   mean over facts, example 0                 ─┘
 * </pre>
 */
final class ShareRuns {
  static final String NAME = "share-runs";
  private final Plan plan;
  private final int[] ofCell;
  private final Map<Key, Integer> known = new HashMap<>();
  private final List<int[]> tokens = new ArrayList<>();
  private final List<List<CellEdit>> edits = new ArrayList<>();
  private final List<Set<Read>> reads = new ArrayList<>();
  private final List<Set<Slice>> kept = new ArrayList<>();

  private ShareRuns(Plan plan) {
    this.plan = plan;
    this.ofCell = new int[plan.cells().size()];
  }

  private record Key(List<Integer> tokens, List<CellEdit> edits) {}

  /** The distinct works of a plan. */
  static Works of(Plan plan) {
    return new ShareRuns(plan).share();
  }

  private Works share() {
    plan.cells().forEach(this::place);
    plan.cells().forEach(this::addWants);
    plan.statistics().forEach(this::addStatistic);
    plan.vectors().forEach(this::addVector);
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      works.add(
          new Work(
              i,
              tokens.get(i),
              edits.get(i),
              List.copyOf(reads.get(i)),
              List.copyOf(kept.get(i)),
              new Route.Full(tokens.get(i).length)));
    }
    Works all = new Works(plan.model(), works, ofCell, new LinkedHashMap<>());
    return all.counting(NAME, plan.cells().size() - works.size());
  }

  private void place(Cell cell) {
    List<CellEdit> own = cell.edits().stream().map(this::renamed).toList();
    Key key = new Key(Arrays.stream(cell.tokens()).boxed().toList(), own);
    ofCell[cell.id()] =
        known.computeIfAbsent(
            key,
            k -> {
              tokens.add(cell.tokens());
              edits.add(own);
              reads.add(new LinkedHashSet<>());
              kept.add(new LinkedHashSet<>());
              return tokens.size() - 1;
            });
  }

  private CellEdit renamed(CellEdit edit) {
    return edit.change() instanceof Change.FromCell c
        ? new CellEdit(
            edit.span(),
            edit.slice(),
            new Change.FromCell(ofCell[c.cell()], c.source(), c.keep(), c.weight()))
        : edit;
  }

  private void addWants(Cell cell) {
    Set<Read> wanted = reads.get(ofCell[cell.id()]);
    cell.reads().forEach(r -> wanted.add(renamed(r)));
    cell.collects().forEach(c -> kept.get(ofCell[cell.id()]).addAll(c.slices()));
    for (CellEdit edit : cell.edits()) {
      if (edit.change() instanceof Change.FromCell c) {
        kept.get(ofCell[c.cell()]).add(c.source());
      }
    }
  }

  /** A read with the works of the cells that it names. */
  Read renamed(Read read) {
    return renamed(read, ofCell);
  }

  static Read renamed(Read read, int[] ofCell) {
    if (read instanceof Read.Kl r) {
      return new Read.Kl(r.position(), ofCell[r.cell()], r.otherPosition());
    } else if (read instanceof Read.Js r) {
      return new Read.Js(r.position(), ofCell[r.cell()], r.otherPosition());
    }
    return read;
  }

  private void addStatistic(Statistic statistic) {
    for (int cell : statistic.cells()) {
      kept.get(ofCell[cell]).add(Slice.whole(statistic.site(), statistic.layer()));
    }
  }

  private void addVector(PlannedVector vector) {
    List<PlannedVector.Source> sources =
        vector.definition() instanceof Definition.MeanOf m
            ? m.sources()
            : vector.definition() instanceof Definition.Principal p ? p.sources() : List.of();
    sources.forEach(s -> kept.get(ofCell[s.cell()]).add(s.slice()));
  }
}
