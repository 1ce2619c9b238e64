package org.intervene.execute;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;
import org.intervene.plan.Slice;

/** What edits of rows write: new = keep x old + factor x operand. */
final class RowOperands {
  private final SliceColumns columns;
  private final WorkValues values;
  private final Operands operands;

  RowOperands(SliceColumns columns, WorkValues values, Operands operands) {
    this.columns = columns;
    this.values = values;
    this.operands = operands;
  }

  /** The row of a pool that holds what one of an edit's rows is to get. */
  OperandPool.Place place(PlacedEdit placed, int i, OperandPool pool) {
    CellEdit edit = placed.edit();
    Change change = edit.change();
    int position = placed.positions()[i];
    if (change instanceof Change.FromCell c) {
      Slice source = c.source();
      int from = sourcePosition(edit.slice(), source, position);
      Captured value = values.get(c.cell(), source.site(), source.layer());
      return pool.captured(value, from, columns.of(source));
    } else if (change instanceof Change.AddVector c) {
      return pool.host(c.vector(), () -> operands.vector(c.vector()));
    } else if (change instanceof Change.FromStatistic c) {
      int[] tokens = placed.member().work().tokens();
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
    int[] own = columns.of(slice);
    return own == null ? row : IntStream.of(own).mapToDouble(c -> row[c]).toArray();
  }

  private double[] noise(Change.Noise c, Slice slice, int position) {
    int all = columns.heads(slice.site()) * columns.width(slice.site());
    int[] own = columns.of(slice);
    int[] wanted = own == null ? IntStream.range(0, all).toArray() : own;
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

  /** What the operand is multiplied by. */
  static double factor(Change change) {
    if (change instanceof Change.FromCell c) {
      return c.weight();
    } else if (change instanceof Change.AddVector c) {
      return c.coefficient();
    } else if (change instanceof Change.Noise c) {
      return c.sigma();
    }
    return 1;
  }

  /** What the old value is multiplied by. */
  static double keep(Change change) {
    if (change instanceof Change.Scale c) {
      return c.by();
    } else if (change instanceof Change.FromCell c) {
      return c.keep() ? 1 : 0;
    } else if (change instanceof Change.AddVector c) {
      return c.keep() ? 1 : 0;
    }
    return change instanceof Change.Noise ? 1 : 0;
  }
}
