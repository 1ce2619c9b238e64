package org.intervene.optimise;

import java.util.HashSet;
import java.util.Set;
import org.intervene.model.Site;
import org.intervene.optimise.Keeps.SiteAt;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;

/**
 * What the naive plan holds in memory: one forward pass, and everything that anything is read from
 * or collects, in Java's memory, until the end.
 */
public final class NaiveEstimate {
  /** Logits of a row, and as much again for what is computed from them. */
  private static final long COPIES = 2;

  private final Plan plan;
  private final Cost cost;
  private final Heap heap;
  private final Demand demand;
  private final int elementBytes;

  /**
   * @param elementBytes bytes of one element in the run's dtype
   */
  public NaiveEstimate(Plan plan, int elementBytes) {
    this.plan = plan;
    this.cost = new Cost(plan.model());
    this.heap = new Heap(plan);
    this.demand = Demand.of(plan);
    this.elementBytes = elementBytes;
  }

  /** Bytes that are kept of a cell. */
  public long kept(Cell cell) {
    return demand.of(cell.id()).stream().mapToLong(at -> heap.value(cell, at.site())).sum();
  }

  /** Bytes while a cell runs. */
  public long running(Cell cell) {
    int length = cell.tokens().length;
    long logits = COPIES * length * plan.model().vocabulary() * elementBytes;
    return length * cost.bytesPerRow(length, elementBytes) + logits + fetching(cell) + saving(cell);
  }

  private long saving(Cell cell) {
    return Collecting.saving(
        cell.collects().stream()
            .mapToLong(c -> Collecting.elements(plan.model(), cell, c))
            .max()
            .orElse(0),
        elementBytes);
  }

  /**
   * Bytes for the widest value that is edited or kept: in 64 bits, before and after, and places.
   */
  private long fetching(Cell cell) {
    Set<Site> sites = new HashSet<>();
    demand.of(cell.id()).stream().map(SiteAt::site).forEach(sites::add);
    cell.edits().forEach(e -> sites.add(e.slice().site()));
    long widest = sites.stream().mapToLong(s -> heap.value(cell, s)).max().orElse(0);
    return widest / Double.BYTES * PackNeeds.WIDENED;
  }

  Residence residence() {
    long rows = plan.vectors().stream().mapToLong(heap::rows).max().orElse(0);
    long held =
        plan.cells().stream().mapToLong(this::kept).sum()
            + heap.sums(plan.statistics())
            + heap.vectors()
            + rows
            + collected();
    long largest = plan.cells().stream().mapToLong(this::running).max().orElse(0);
    return new Residence(0, held, 0, largest, 0, 0);
  }

  private long collected() {
    long elements = 0;
    for (Cell cell : plan.cells()) {
      for (Cell.Collected collected : cell.collects()) {
        elements += Collecting.elements(plan.model(), cell, collected);
      }
    }
    return elements * elementBytes;
  }
}
