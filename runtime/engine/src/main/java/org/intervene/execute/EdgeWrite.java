package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/**
 * One indexed write to attention edges. Each becomes keep x old + factor x operand, held within
 * bounds: computed in float64 where attention is, so that nothing waits for its device. Operands
 * are numbers made in Java, or elements of what other works left behind.
 */
final class EdgeWrite {
  private static final Change.Clamp UNBOUNDED =
      new Change.Clamp(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private final WorkValues values;
  private final Operands operands;
  private final IntList edges = new IntList();
  private final List<Numbers> numbers = new ArrayList<>();
  private final IntList parts = new IntList();
  private final IntList offsets = new IntList();
  private final List<Double> made = new ArrayList<>();
  private final List<NDArray> tensors = new ArrayList<>();
  private final List<IntList> picked = new ArrayList<>();
  private boolean constant = true;

  /** What an edge is made with, but for its operand. */
  private record Numbers(double keep, double factor, Change.Clamp bounds) {}

  EdgeWrite(WorkValues values, Operands operands) {
    this.values = values;
    this.operands = operands;
  }

  /**
   * Adds one edit of one work.
   *
   * @param shape of the edited site in the work
   * @param elements of the site that the edit selects
   * @param chosen which of these are to be written
   * @param flat where those stand in the tensor that will be written to
   * @param tokens the work's input
   */
  void add(CellEdit edit, HostValue shape, int[] elements, int[] chosen, int[] flat, int[] tokens) {
    constant &= edit.change() instanceof Change.Fill;
    for (int at : flat) {
      edges.add(at);
    }
    if (edit.change() instanceof Change.FromCell from) {
      copies(from, chosen);
      return;
    }
    Numbers same = numbers(edit.change());
    for (int n : chosen) {
      numbers.add(same);
      make(operand(edit, shape, elements[n], n, tokens));
    }
  }

  private static Numbers numbers(Change change) {
    if (change instanceof Change.Scale c) {
      return new Numbers(c.by(), 1, UNBOUNDED);
    } else if (change instanceof Change.Clamp c) {
      return new Numbers(1, 1, c);
    } else if (change instanceof Change.AddVector c) {
      return new Numbers(c.keep() ? 1 : 0, 1, UNBOUNDED);
    }
    return new Numbers(change instanceof Change.Noise ? 1 : 0, 1, UNBOUNDED);
  }

  /** What is added to an edge, made in Java. */
  private double operand(CellEdit edit, HostValue shape, int element, int n, int[] tokens) {
    Change change = edit.change();
    if (change instanceof Change.Fill c) {
      return c.value();
    } else if (change instanceof Change.AddVector c) {
      double[] v = operands.vector(c.vector());
      return c.coefficient() * v[n % v.length];
    } else if (change instanceof Change.Noise c) {
      int site = shape.site().spelled().hashCode();
      return c.sigma() * Noise.at(c.seed(), c.example(), site, edit.slice().layer(), element);
    } else if (change instanceof Change.FromStatistic c) {
      return operands.statistic(c.statistic()).at(element, shape, tokens);
    } else if (change instanceof Change.Scale || change instanceof Change.Clamp) {
      return 0;
    }
    throw new IllegalStateException("unhandled change " + change.getClass());
  }

  private void make(double operand) {
    parts.add(-1);
    offsets.add(made.size());
    made.add(operand);
  }

  /**
   * Edges as another work has them; those that the mask forbids there are what it makes of them.
   */
  private void copies(Change.FromCell from, int[] chosen) {
    Site site = from.source().site();
    Captured source = values.get(from.cell(), site, from.source().layer());
    int part = part(source.tensor());
    HostValue shape = values.shape(from.cell(), site);
    int[] elements = shape.elements(from.source());
    int sources = Math.toIntExact(source.tensor().getShape().get(2));
    Numbers same = new Numbers(from.keep() ? 1 : 0, from.weight(), UNBOUNDED);
    for (int n : chosen) {
      numbers.add(same);
      int element = elements[n];
      if (element < 0) {
        make(site == Site.SCORES ? Double.NEGATIVE_INFINITY : 0);
        continue;
      }
      int row = source.at(element / shape.width() % shape.positions());
      int head = element / shape.width() / shape.positions();
      parts.add(part);
      offsets.add(picked.get(part).size());
      picked.get(part).add((row * shape.heads() + head) * sources + element % shape.width());
    }
  }

  /** A tensor's number; a new one gets the next. */
  private int part(NDArray tensor) {
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i) == tensor) { // equals would compare elements, and wait for them
        return i;
      }
    }
    tensors.add(tensor);
    picked.add(new IntList());
    return tensors.size() - 1;
  }

  /**
   * Writes.
   *
   * @param value [segment, head, row, source]
   * @return the same with the edges changed; the value itself if none were added
   */
  NDArray into(NDManager scope, NDArray value, Dtype dtype) {
    if (edges.size() == 0) {
      return value;
    }
    try (NDManager inner = scope.newSubManager()) {
      if (constant) {
        NDArray index = EditScript.index(inner, edges.toArray());
        NDArray filled = Tensors.of(inner, doubles(made), dtype, made.size());
        return EditScript.SCRIPT.call(scope, "fill", value, index, filled);
      }
      NDArray[] captured =
          tensors.stream().map(t -> Home.brought(inner, t)).toArray(NDArray[]::new);
      double[] all = factors();
      NDArray sent = Tensors.of(inner, all, Dtype.FLOAT64, all.length);
      NDArray index = EditScript.index(inner, index());
      return EditScript.SCRIPT.call(scope, "edges", value, index, captured, counts(), sent);
    }
  }

  /** By edge keep, then by edge factor, lowest and highest value, then the operands made here. */
  private double[] factors() {
    int n = edges.size();
    double[] all = new double[4 * n + made.size()];
    for (int i = 0; i < n; i++) {
      Numbers own = numbers.get(i);
      all[i] = own.keep;
      all[n + i] = own.factor;
      all[2 * n + i] = own.bounds.low();
      all[3 * n + i] = own.bounds.high();
    }
    System.arraycopy(doubles(made), 0, all, 4 * n, made.size());
    return all;
  }

  /** The edges, then the place of each one's operand, then what is picked from each tensor. */
  private int[] index() {
    int[] starts = new int[picked.size()];
    int next = made.size();
    for (int p = 0; p < starts.length; p++) {
      starts[p] = next;
      next += picked.get(p).size();
    }
    IntList all = new IntList();
    all.addAll(edges.toArray());
    int[] part = parts.toArray();
    int[] offset = offsets.toArray();
    for (int i = 0; i < part.length; i++) {
      all.add(part[i] < 0 ? offset[i] : starts[part[i]] + offset[i]);
    }
    picked.forEach(p -> all.addAll(p.toArray()));
    return all.toArray();
  }

  private int[] counts() {
    IntList counts = new IntList();
    counts.add(edges.size());
    picked.forEach(p -> counts.add(p.size()));
    return counts.toArray();
  }

  private static double[] doubles(List<Double> numbers) {
    return numbers.stream().mapToDouble(x -> x).toArray();
  }
}
