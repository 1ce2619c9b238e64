package org.intervene.optimise;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Cell;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.Read;
import org.intervene.plan.Slice;
import org.intervene.plan.Statistic;

/**
 * Which sites of which cells anything is read from once their cell has run: what the naive plan
 * keeps.
 */
public final class Demand {
  private final Map<Integer, Set<SiteAt>> byCell = new HashMap<>();

  private Demand() {}

  /** What is read in a plan. */
  public static Demand of(Plan plan) {
    Demand demand = new Demand();
    for (Cell cell : plan.cells()) {
      cell.edits().forEach(demand::add);
      cell.reads().forEach(r -> demand.add(cell.id(), r));
      cell.collects().forEach(c -> c.slices().forEach(s -> demand.add(cell.id(), s)));
    }
    for (Statistic s : plan.statistics()) {
      s.cells().forEach(c -> demand.add(c, Slice.whole(s.site(), s.layer())));
    }
    plan.vectors().forEach(demand::add);
    return demand;
  }

  private void add(CellEdit edit) {
    if (edit.change() instanceof Change.FromCell from) {
      add(from.cell(), from.source());
    }
  }

  private void add(PlannedVector vector) {
    vector.sources().forEach(s -> add(s.cell(), s.slice()));
  }

  private void add(int cell, Read read) {
    if (read instanceof Read.Norm r) {
      add(cell, r.slice());
    } else if (read instanceof Read.Dot r) {
      add(cell, r.slice());
    } else if (read instanceof Read.Cos r) {
      add(cell, r.slice());
    } else if (read instanceof Read.Attention r) {
      add(cell, Slice.whole(Site.PATTERN, r.layer()));
    } else if (read instanceof Read.Lens r) {
      add(cell, Slice.whole(Site.RESID_POST, r.layer()));
    } else if (read instanceof Read.Kl r) {
      add(cell, Slice.whole(Site.LOGITS, 0));
      add(r.cell(), Slice.whole(Site.LOGITS, 0));
    } else if (read instanceof Read.Js r) {
      add(cell, Slice.whole(Site.LOGITS, 0));
      add(r.cell(), Slice.whole(Site.LOGITS, 0));
    }
  }

  private void add(int cell, Slice slice) {
    byCell.computeIfAbsent(cell, k -> new HashSet<>()).add(new SiteAt(slice.site(), slice.layer()));
  }

  /** The sites that a cell has to leave behind. */
  public Set<SiteAt> of(int cell) {
    return byCell.getOrDefault(cell, Set.of());
  }
}
