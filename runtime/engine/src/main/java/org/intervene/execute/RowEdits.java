package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/**
 * Edits of many works at one site that has a value a row: the first edits of all of them in one
 * indexed write, then the second ones, and so on, so that each work's written order holds.
 */
final class RowEdits {
  private final Dtype dtype;
  private final Operands operands;
  private final SliceColumns columns;
  private final RowOperands source;

  RowEdits(ModelFacts facts, Dtype dtype, WorkValues values, Operands operands) {
    this.dtype = dtype;
    this.operands = operands;
    this.columns = new SliceColumns(facts);
    this.source = new RowOperands(columns, values, operands);
  }

  /**
   * Which edits can share a write.
   *
   * @param kind 0 for new = keep x old + change, 1 for clamp, 2 for projection
   * @param vector length of the vector of a projection
   */
  private record Signature(int kind, List<Integer> columns, int vector) {}

  /**
   * Applies the edits of all members that have rows.
   *
   * @param value [row, ...]
   */
  NDArray apply(
      NDManager scope, Site site, int layer, NDArray value, List<Member> members, RowIndex index) {
    List<List<PlacedEdit>> waves = waves(site, layer, members, index);
    if (waves.isEmpty()) {
      return value;
    }
    try (NDManager inner = scope.newSubManager()) {
      NDArray flat = value.reshape(value.getShape().get(0), -1);
      Home.keep(inner, flat);
      for (List<PlacedEdit> wave : waves) {
        Map<Signature, List<PlacedEdit>> bySignature = new LinkedHashMap<>();
        wave.forEach(p -> bySignature.computeIfAbsent(signature(p), k -> new ArrayList<>()).add(p));
        for (Map.Entry<Signature, List<PlacedEdit>> e : bySignature.entrySet()) {
          flat = write(inner, flat, e.getKey(), e.getValue());
        }
      }
      NDArray result = flat.reshape(value.getShape());
      Home.keep(scope, result);
      return result;
    }
  }

  private List<List<PlacedEdit>> waves(Site site, int layer, List<Member> members, RowIndex index) {
    List<List<PlacedEdit>> waves = new ArrayList<>();
    for (int s = 0; s < index.segments(); s++) {
      int wave = 0;
      for (CellEdit edit : members.get(s).chain(site, layer)) {
        PlacedEdit placed = placed(members.get(s), edit, s, index);
        if (placed.rows().length == 0) {
          continue;
        }
        if (waves.size() == wave) {
          waves.add(new ArrayList<>());
        }
        waves.get(wave++).add(placed);
      }
    }
    return waves;
  }

  private static PlacedEdit placed(Member member, CellEdit edit, int segment, RowIndex index) {
    int[] wanted =
        edit.slice().positions() == null ? index.positions(segment) : edit.slice().positions();
    int[] there = IntStream.of(wanted).filter(p -> index.row(segment, p) >= 0).toArray();
    int[] rows = IntStream.of(there).map(p -> index.row(segment, p)).toArray();
    return new PlacedEdit(member, edit, rows, there);
  }

  private Signature signature(PlacedEdit placed) {
    int[] own = columns.of(placed.edit().slice());
    List<Integer> key = own == null ? List.of() : Arrays.stream(own).boxed().toList();
    Change change = placed.edit().change();
    if (change instanceof Change.Clamp) {
      return new Signature(1, key, 0);
    } else if (change instanceof Change.Project p) {
      return new Signature(2, key, operands.vector(p.vector()).length);
    }
    return new Signature(0, key, 0);
  }

  private NDArray write(
      NDManager scope, NDArray flat, Signature signature, List<PlacedEdit> edits) {
    int[] rows = edits.stream().flatMapToInt(p -> IntStream.of(p.rows())).toArray();
    int[] columns = signature.columns.stream().mapToInt(i -> i).toArray();
    NDArray at = EditScript.index(scope, rows);
    NDArray[] some =
        signature.columns.isEmpty()
            ? new NDArray[0]
            : new NDArray[] {EditScript.index(scope, columns)};
    int width = columns.length == 0 ? Math.toIntExact(flat.getShape().get(1)) : columns.length;
    return switch (signature.kind) {
      case 0 -> affine(scope, flat, edits, at, some, width);
      case 1 -> clamp(scope, flat, edits, at, some);
      default -> project(scope, flat, edits, at, some, signature.vector);
    };
  }

  private NDArray affine(
      NDManager scope,
      NDArray flat,
      List<PlacedEdit> edits,
      NDArray at,
      NDArray[] columns,
      int width) {
    OperandPool pool = new OperandPool(width);
    List<OperandPool.Place> places = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    List<Double> keeps = new ArrayList<>();
    for (PlacedEdit placed : edits) {
      for (int i = 0; i < placed.rows().length; i++) {
        places.add(source.place(placed, i, pool));
        factors.add(RowOperands.factor(placed.edit().change()));
        keeps.add(RowOperands.keep(placed.edit().change()));
      }
    }
    OperandPool.Built built = pool.build(scope, dtype);
    int[] index = places.stream().mapToInt(built::row).toArray();
    NDArray change =
        EditScript.SCRIPT.call(
            scope,
            "weighted",
            built.matrix(),
            EditScript.index(scope, index),
            numbers(scope, factors));
    return EditScript.SCRIPT.call(scope, "write", flat, at, columns, numbers(scope, keeps), change);
  }

  private NDArray clamp(
      NDManager scope, NDArray flat, List<PlacedEdit> edits, NDArray at, NDArray[] columns) {
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (PlacedEdit placed : edits) {
      Change.Clamp c = (Change.Clamp) placed.edit().change();
      for (int i = 0; i < placed.rows().length; i++) {
        low.add(c.low());
        high.add(c.high());
      }
    }
    return EditScript.SCRIPT.call(
        scope, "clamp", flat, at, columns, numbers(scope, low), numbers(scope, high));
  }

  private NDArray project(
      NDManager scope,
      NDArray flat,
      List<PlacedEdit> edits,
      NDArray at,
      NDArray[] columns,
      int width) {
    List<double[]> rows = new ArrayList<>();
    for (PlacedEdit placed : edits) {
      double[] v = operands.vector(((Change.Project) placed.edit().change()).vector());
      for (int i = 0; i < placed.rows().length; i++) {
        rows.add(v);
      }
    }
    double[] all = rows.stream().flatMapToDouble(Arrays::stream).toArray();
    NDArray v = Tensors.of(scope, all, Dtype.FLOAT64, rows.size(), width);
    return EditScript.SCRIPT.call(scope, "project", flat, at, columns, v);
  }

  private NDArray numbers(NDManager scope, List<Double> numbers) {
    double[] all = numbers.stream().mapToDouble(x -> x).toArray();
    return Tensors.of(scope, all, dtype, all.length);
  }
}
