package org.intervene.execute;

import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/**
 * Applies edits to values in Java's memory, element by element: slow, and plainly what the language
 * says.
 */
final class HostEdits {
  private final Operands operands;
  private final int[] tokens;
  private Change.FromCell lastFrom;
  private HostValue lastSource;
  private int[] lastElements;

  /**
   * @param tokens the cell's input
   */
  HostEdits(Operands operands, int[] tokens) {
    this.operands = operands;
    this.tokens = tokens;
  }

  /** Changes a value in place. */
  void apply(CellEdit edit, HostValue value) {
    int[] elements = value.elements(edit.slice());
    double[] x = value.data();
    if (edit.change() instanceof Change.Project project) {
      project(elements, x, operands.vector(project.vector()));
      return;
    }
    for (int n = 0; n < elements.length; n++) {
      if (elements[n] >= 0) {
        x[elements[n]] = changed(x[elements[n]], elements[n], n, edit, value);
      }
    }
  }

  /**
   * The new value of one element.
   *
   * @param element where it stands in the whole site
   * @param n where it stands in the edit's slice
   * @param value the site's shape
   */
  private double changed(double x, int element, int n, CellEdit edit, HostValue value) {
    Change change = edit.change();
    if (change instanceof Change.Scale c) {
      return c.by() == 0 ? 0 : c.by() * x;
    } else if (change instanceof Change.Fill c) {
      return c.value();
    } else if (change instanceof Change.Clamp c) {
      return Math.min(Math.max(x, c.low()), c.high());
    } else if (change instanceof Change.AddVector c) {
      double[] v = operands.vector(c.vector());
      double move = c.coefficient() * v[n % v.length];
      return c.keep() ? x + move : move;
    } else if (change instanceof Change.Noise c) {
      int site = value.site().spelled().hashCode();
      return x + c.sigma() * Noise.at(c.seed(), c.example(), site, edit.slice().layer(), element);
    } else if (change instanceof Change.FromStatistic c) {
      return operands.statistic(c.statistic()).at(element, value, tokens);
    } else if (change instanceof Change.FromCell c) {
      double other = c.weight() * copied(c, n);
      return c.keep() ? x + other : other;
    }
    throw new IllegalStateException("unhandled change " + change.getClass());
  }

  /** The n-th element of another cell's slice. */
  private double copied(Change.FromCell from, int n) {
    if (from != lastFrom) {
      lastFrom = from;
      lastSource = operands.value(from.cell(), from.source().site(), from.source().layer());
      lastElements = lastSource.elements(from.source());
    }
    if (lastElements[n] < 0) {
      return lastSource.site() == Site.SCORES ? Double.NEGATIVE_INFINITY : 0;
    }
    return lastSource.data()[lastElements[n]];
  }

  /** x - (x v) v, for each stretch of the slice that is as long as v. */
  private static void project(int[] elements, double[] x, double[] v) {
    for (int start = 0; start < elements.length; start += v.length) {
      double along = 0;
      for (int i = 0; i < v.length; i++) {
        along += x[elements[start + i]] * v[i];
      }
      for (int i = 0; i < v.length; i++) {
        x[elements[start + i]] -= along * v[i];
      }
    }
  }
}
