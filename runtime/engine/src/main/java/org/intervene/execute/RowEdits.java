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
import org.intervene.plan.Slice;

/**
 * Edits of many works at one site that has a value a row: the first edits of all of them in one
 * indexed write, then the second ones, and so on, so that each work's written order holds.
 */
final class RowEdits {
  private final ModelFacts facts;
  private final Dtype dtype;
  private final WorkValues values;
  private final Operands operands;

  RowEdits(ModelFacts facts, Dtype dtype, WorkValues values, Operands operands) {
    this.facts = facts;
    this.dtype = dtype;
    this.values = values;
    this.operands = operands;
  }

  /**
   * Which edits can share a write.
   *
   * @param kind 0 for new = keep x old + change, 1 for clamp, 2 for projection
   * @param vector length of the vector of a projection
   */
  private record Signature(int kind, List<Integer> columns, int vector) {}

  /** One work's edit and the rows that it changes. */
  private record Placed(Member member, CellEdit edit, int[] rows, int[] positions) {}

  /**
   * Applies the edits of all members that have rows.
   *
   * @param value [row, ...]
   */
  NDArray apply(
      NDManager scope, Site site, int layer, NDArray value, List<Member> members, RowIndex index) {
    List<List<Placed>> waves = waves(site, layer, members, index);
    if (waves.isEmpty()) {
      return value;
    }
    try (NDManager inner = scope.newSubManager()) {
      NDArray flat = value.reshape(value.getShape().get(0), -1);
      Home.keep(inner, flat);
      for (List<Placed> wave : waves) {
        Map<Signature, List<Placed>> bySignature = new LinkedHashMap<>();
        wave.forEach(p -> bySignature.computeIfAbsent(signature(p), k -> new ArrayList<>()).add(p));
        for (Map.Entry<Signature, List<Placed>> e : bySignature.entrySet()) {
          flat = write(inner, flat, e.getKey(), e.getValue());
        }
      }
      NDArray result = flat.reshape(value.getShape());
      Home.keep(scope, result);
      return result;
    }
  }

  private List<List<Placed>> waves(Site site, int layer, List<Member> members, RowIndex index) {
    List<List<Placed>> waves = new ArrayList<>();
    for (int s = 0; s < index.segments(); s++) {
      int wave = 0;
      for (CellEdit edit : members.get(s).chain(site, layer)) {
        Placed placed = placed(members.get(s), edit, s, index);
        if (placed.rows.length == 0) {
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

  private static Placed placed(Member member, CellEdit edit, int segment, RowIndex index) {
    int[] wanted =
        edit.slice().positions() == null ? index.positions(segment) : edit.slice().positions();
    int[] there = IntStream.of(wanted).filter(p -> index.row(segment, p) >= 0).toArray();
    int[] rows = IntStream.of(there).map(p -> index.row(segment, p)).toArray();
    return new Placed(member, edit, rows, there);
  }

  private Signature signature(Placed placed) {
    int[] columns = columns(placed.edit.slice());
    List<Integer> key = columns == null ? List.of() : Arrays.stream(columns).boxed().toList();
    Change change = placed.edit.change();
    if (change instanceof Change.Clamp) {
      return new Signature(1, key, 0);
    } else if (change instanceof Change.Project p) {
      return new Signature(2, key, operands.vector(p.vector()).length);
    }
    return new Signature(0, key, 0);
  }

  /** Columns of a slice in the flattened value; null means all. */
  private int[] columns(Slice slice) {
    if (slice.heads() == null && slice.units() == null) {
      return null;
    }
    int width = width(slice.site());
    int[] heads =
        slice.heads() == null ? IntStream.range(0, heads(slice.site())).toArray() : slice.heads();
    int[] units = slice.units() == null ? IntStream.range(0, width).toArray() : slice.units();
    return IntStream.of(heads).flatMap(h -> IntStream.of(units).map(u -> h * width + u)).toArray();
  }

  private int width(Site site) {
    return facts.length(site.last(), 0);
  }

  private int heads(Site site) {
    return facts.groups(site);
  }

  private NDArray write(NDManager scope, NDArray flat, Signature signature, List<Placed> edits) {
    int[] rows = edits.stream().flatMapToInt(p -> IntStream.of(p.rows)).toArray();
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
      NDManager scope, NDArray flat, List<Placed> edits, NDArray at, NDArray[] columns, int width) {
    OperandPool pool = new OperandPool(width);
    List<OperandPool.Place> places = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    List<Double> keeps = new ArrayList<>();
    for (Placed placed : edits) {
      for (int i = 0; i < placed.rows.length; i++) {
        places.add(place(placed, i, pool));
        factors.add(factor(placed.edit.change()));
        keeps.add(keep(placed.edit.change()));
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

  private OperandPool.Place place(Placed placed, int i, OperandPool pool) {
    CellEdit edit = placed.edit;
    Change change = edit.change();
    int position = placed.positions[i];
    if (change instanceof Change.FromCell c) {
      Slice source = c.source();
      int from = sourcePosition(edit.slice(), source, position);
      Captured value = values.get(c.cell(), source.site(), source.layer());
      return pool.captured(value, from, columns(source));
    } else if (change instanceof Change.AddVector c) {
      return pool.host(c.vector(), () -> operands.vector(c.vector()));
    } else if (change instanceof Change.FromStatistic c) {
      int[] tokens = placed.member.work().tokens();
      double[] row = operands.statistic(c.statistic()).row(position, tokens);
      return pool.host(
          List.of("mean", c.statistic(), operands.statistic(c.statistic()).key(position, tokens)),
          () -> picked(row, edit.slice()));
    } else if (change instanceof Change.Noise c) {
      return pool.host(List.of(c, position), () -> noise(c, edit.slice(), position));
    } else if (change instanceof Change.Fill c) {
      return pool.host(List.of("fill", c.value()), () -> new double[] {c.value()});
    }
    return pool.host("nothing", () -> new double[] {0});
  }

  /** The position of the source slice that stands where a position stands in the edited slice. */
  private static int sourcePosition(Slice to, Slice from, int position) {
    if (to.positions() == null || from.positions() == null) {
      int place = to.positions() == null ? position : Arrays.binarySearch(to.positions(), position);
      return from.positions() == null ? place : from.positions()[place];
    }
    return from.positions()[Arrays.binarySearch(to.positions(), position)];
  }

  private double[] picked(double[] row, Slice slice) {
    int[] columns = columns(slice);
    return columns == null ? row : IntStream.of(columns).mapToDouble(c -> row[c]).toArray();
  }

  private double[] noise(Change.Noise c, Slice slice, int position) {
    int all = heads(slice.site()) * width(slice.site());
    int[] columns = columns(slice);
    int[] wanted = columns == null ? IntStream.range(0, all).toArray() : columns;
    return IntStream.of(wanted)
        .mapToDouble(
            i ->
                Noise.at(
                    c.seed(),
                    c.example(),
                    slice.site().spelled().hashCode(),
                    slice.layer(),
                    position * all + i))
        .toArray();
  }

  private static double factor(Change change) {
    if (change instanceof Change.FromCell c) {
      return c.weight();
    } else if (change instanceof Change.AddVector c) {
      return c.coefficient();
    } else if (change instanceof Change.Noise c) {
      return c.sigma();
    }
    return 1;
  }

  private static double keep(Change change) {
    if (change instanceof Change.Scale c) {
      return c.by();
    } else if (change instanceof Change.FromCell c) {
      return c.keep() ? 1 : 0;
    } else if (change instanceof Change.AddVector c) {
      return c.keep() ? 1 : 0;
    }
    return change instanceof Change.Noise ? 1 : 0;
  }

  private NDArray clamp(
      NDManager scope, NDArray flat, List<Placed> edits, NDArray at, NDArray[] columns) {
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (Placed placed : edits) {
      Change.Clamp c = (Change.Clamp) placed.edit.change();
      for (int i = 0; i < placed.rows.length; i++) {
        low.add(c.low());
        high.add(c.high());
      }
    }
    return EditScript.SCRIPT.call(
        scope, "clamp", flat, at, columns, numbers(scope, low), numbers(scope, high));
  }

  private NDArray project(
      NDManager scope, NDArray flat, List<Placed> edits, NDArray at, NDArray[] columns, int width) {
    List<double[]> rows = new ArrayList<>();
    for (Placed placed : edits) {
      double[] v = operands.vector(((Change.Project) placed.edit.change()).vector());
      for (int i = 0; i < placed.rows.length; i++) {
        rows.add(v);
      }
    }
    double[] all = rows.stream().flatMapToDouble(Arrays::stream).toArray();
    NDArray v = Tensors.of(scope, all, dtype, rows.size(), width);
    return EditScript.SCRIPT.call(scope, "project", flat, at, columns, v);
  }

  private NDArray numbers(NDManager scope, List<Double> numbers) {
    double[] all = numbers.stream().mapToDouble(x -> x).toArray();
    return Tensors.of(scope, all, dtype, all.length);
  }
}
