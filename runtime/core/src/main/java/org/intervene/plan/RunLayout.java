package org.intervene.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intervene.ast.RunClause;
import org.intervene.data.Dataset;

/**
 * The grid of a run: which cell stands at which sweep point and example.
 *
 * @param cells [sweep axes..., example] row-major; -1 where there is no cell
 */
record RunLayout(RunClause clause, Dataset data, String column, List<SweepAxis> axes, int[] cells) {

  static RunLayout of(RunClause clause, Dataset data, String column, List<SweepAxis> axes) {
    int size =
        axes.stream().mapToInt(SweepAxis::size).reduce(data.examples().size(), Math::multiplyExact);
    int[] cells = new int[size];
    Arrays.fill(cells, -1);
    return new RunLayout(clause, data, column, axes, cells);
  }

  int points() {
    return cells.length / data.examples().size();
  }

  /** Index on each axis of the n-th sweep point. */
  int[] point(int n) {
    int[] indices = new int[axes.size()];
    for (int a = axes.size() - 1; a >= 0; a--) {
      indices[a] = n % axes.get(a).size();
      n /= axes.get(a).size();
    }
    return indices;
  }

  /** The cell at a point given by axis names; axes that this run lacks are ignored. */
  int cell(Map<String, Integer> point, int example) {
    int n = 0;
    for (SweepAxis axis : axes) {
      n = n * axis.size() + point.get(axis.name());
    }
    return cells[n * data.examples().size() + example];
  }
}
