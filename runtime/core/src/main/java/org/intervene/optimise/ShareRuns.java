package org.intervene.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
final class ShareRuns implements Rule {
  static final String NAME = "share-runs";
  private final Plan plan;
  private final int[] ofCell;
  private final Map<Key, Integer> known = new HashMap<>();
  private final List<Wants> wants = new ArrayList<>();

  ShareRuns(Plan plan) {
    this.plan = plan;
    this.ofCell = new int[plan.cells().size()];
  }

  /** What is wanted of a work while its cells are gathered. */
  private record Wants(
      int[] tokens,
      List<CellEdit> edits,
      Set<Read> reads,
      Set<Slice> saved,
      Set<Slice> lent,
      Set<Integer> compared) {
    Work work(int id) {
      return Work.of(id, tokens, edits)
          .wanting(
              List.copyOf(reads), List.copyOf(saved), List.copyOf(lent), List.copyOf(compared));
    }
  }

  private record Key(List<Integer> tokens, List<CellEdit> edits) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Exactness exactness() {
    return Exactness.BITWISE;
  }

  /** The distinct works of the plan. */
  @Override
  public Works apply(Works none) {
    plan.cells().forEach(this::place);
    plan.cells().forEach(this::addWants);
    plan.statistics().forEach(this::addStatistic);
    plan.vectors().forEach(this::addVector);
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < wants.size(); i++) {
      works.add(wants.get(i).work(i));
    }
    return new Works(plan.model(), works, ofCell, Map.of(), none.fired())
        .counting(NAME, plan.cells().size() - works.size());
  }

  private void place(Cell cell) {
    List<CellEdit> own = cell.edits().stream().map(this::renamed).toList();
    Key key = new Key(Arrays.stream(cell.tokens()).boxed().toList(), own);
    ofCell[cell.id()] =
        known.computeIfAbsent(
            key,
            k -> {
              wants.add(
                  new Wants(
                      cell.tokens(),
                      own,
                      new LinkedHashSet<>(),
                      new LinkedHashSet<>(),
                      new LinkedHashSet<>(),
                      new LinkedHashSet<>()));
              return wants.size() - 1;
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

  private Wants of(int cell) {
    return wants.get(ofCell[cell]);
  }

  private void addWants(Cell cell) {
    Wants own = of(cell.id());
    for (Read read : cell.reads()) {
      own.reads.addAll(Reads.parts(Reads.renamed(read, ofCell), cell.tokens()));
    }
    cell.collects().forEach(c -> own.saved.addAll(c.slices()));
    for (CellEdit edit : cell.edits()) {
      if (edit.change() instanceof Change.FromCell c) {
        of(c.cell()).lent.add(c.source());
      }
    }
    for (Read read : cell.reads()) {
      if (read instanceof Read.Kl r) {
        of(r.cell()).compared.add(r.otherPosition());
      } else if (read instanceof Read.Js r) {
        of(r.cell()).compared.add(r.otherPosition());
      }
    }
  }

  private void addStatistic(Statistic statistic) {
    for (int cell : statistic.cells()) {
      of(cell).saved.add(Slice.whole(statistic.site(), statistic.layer()));
    }
  }

  private void addVector(PlannedVector vector) {
    List<PlannedVector.Source> sources =
        vector.definition() instanceof Definition.MeanOf m
            ? m.sources()
            : vector.definition() instanceof Definition.Principal p ? p.sources() : List.of();
    sources.forEach(s -> of(s.cell()).saved.add(s.slice()));
  }
}
