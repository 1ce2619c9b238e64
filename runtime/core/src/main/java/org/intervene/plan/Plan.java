package org.intervene.plan;

import java.util.List;
import org.intervene.model.ModelFacts;

/**
 * All the work of a spec.
 *
 * @param runs the declared runs, each after the runs that it reads
 * @param cells every cell; a cell's id is its index, and it reads only cells with smaller ids
 * @param vectors named and derived directions; a vector's id is its index, and it is made from
 *     cells and earlier vectors
 * @param statistics means that edits write; an id is an index
 */
public record Plan(
    ModelFacts model,
    List<PlannedRun> runs,
    List<Cell> cells,
    List<PlannedVector> vectors,
    List<Statistic> statistics) {
  public Plan {
    runs = List.copyOf(runs);
    cells = List.copyOf(cells);
    vectors = List.copyOf(vectors);
    statistics = List.copyOf(statistics);
  }
}
