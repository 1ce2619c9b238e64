package org.intervene.optimise;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.Cell;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedVector;
import org.intervene.plan.PlannedVector.Definition;
import org.intervene.plan.Slice;
import org.intervene.plan.Statistic;

/** Bytes that a plan takes in Java's memory, where every number has 64 bits. */
final class Heap {
  private final Plan plan;
  private final ModelFacts facts;

  Heap(Plan plan) {
    this.plan = plan;
    this.facts = plan.model();
  }

  /** Bytes of one cell's tensor at a site. */
  long value(Cell cell, Site site) {
    long length = cell.tokens().length;
    return length * Footprint.perRow(facts, site, cell.tokens().length) * Double.BYTES;
  }

  /** Bytes of the running sums that means are made from. */
  long sums(List<Statistic> statistics) {
    return statistics.stream().mapToLong(this::sums).sum();
  }

  private long sums(Statistic statistic) {
    int longest = cells(statistic).mapToInt(c -> c.tokens().length).max().orElse(0);
    long row = Footprint.perRow(facts, statistic.site(), longest) * Double.BYTES;
    return row * (statistic.site().hasSources() ? longest : groups(statistic, longest));
  }

  private long groups(Statistic statistic, int longest) {
    return switch (statistic.by()) {
      case NOTHING -> 1;
      case POS -> longest;
      case TOKEN -> {
        Set<Integer> tokens = new HashSet<>();
        cells(statistic)
            .distinct()
            .forEach(
                cell -> {
                  for (int token : cell.tokens()) {
                    tokens.add(token);
                  }
                });
        yield tokens.size();
      }
    };
  }

  private Stream<Cell> cells(Statistic statistic) {
    return statistic.cells().stream().map(plan.cells()::get);
  }

  /** Bytes of all vectors; those of a file are there twice. */
  long vectors() {
    return plan.vectors().stream()
            .mapToLong(
                v -> (long) v.width() * (v.definition() instanceof Definition.Literal ? 2 : 1))
            .sum()
        * Double.BYTES;
  }

  /** Bytes of the rows that a vector's principal components are computed from. */
  long rows(PlannedVector vector) {
    return vector.definition() instanceof Definition.Principal principal
        ? principal.sources().stream().mapToLong(this::elements).sum() * Double.BYTES
        : 0;
  }

  private long elements(PlannedVector.Source source) {
    Slice slice = source.slice();
    int length = plan.cells().get(source.cell()).tokens().length;
    long positions = slice.positions() == null ? length : slice.positions().length;
    return positions * slice.width(facts);
  }
}
