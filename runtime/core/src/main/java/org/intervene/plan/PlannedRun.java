package org.intervene.plan;

import java.util.List;
import org.intervene.ast.Expr;
import org.intervene.diagnostic.Span;

/**
 * A declared run: which cells it consists of and what is read from each.
 *
 * @param data dataset and input column that it runs on
 * @param axes sweep axes, outermost first; empty for a run without a sweep
 * @param examples number of examples in the data
 * @param cells [sweep axes..., example] row-major: the cell's id, or -1 where there is none (a
 *     position that the example does not have)
 * @param atoms what every cell of the run reads, as the metrics wrote it; {@link Cell#reads()} has
 *     the same order
 * @param metrics names of the metrics that the run has, in written order
 */
public record PlannedRun(
    Span span,
    String name,
    String data,
    String column,
    List<SweepAxis> axes,
    int examples,
    int[] cells,
    List<Expr.Call> atoms,
    List<String> metrics) {
  public PlannedRun {
    axes = List.copyOf(axes);
    atoms = List.copyOf(atoms);
    metrics = List.copyOf(metrics);
  }

  /** Number of sweep points: the product of the axes' sizes. */
  public int points() {
    return axes.stream().mapToInt(SweepAxis::size).reduce(1, Math::multiplyExact);
  }
}
