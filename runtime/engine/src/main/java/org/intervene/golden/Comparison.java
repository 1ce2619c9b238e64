package org.intervene.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.MetricTables;
import org.intervene.print.NumberText;

/**
 * A table held against the golden one.
 *
 * @param values how many were compared
 * @param first the run and metric that moved first, in the order in which the spec has them; what
 *     depends on it may have moved for that reason alone
 * @param largest the largest difference of those within their tolerance, in units of it
 * @param moved those outside of it, worst first
 * @param stale why the golden one is about something else than the spec now says; empty if it is
 *     not
 */
public record Comparison(
    int values, double largest, Optional<String> first, List<Moved> moved, Optional<String> stale) {
  public Comparison {
    moved = moved.stream().sorted(Moved.WORST_FIRST).toList();
  }

  /** Whether everything is where it was. */
  public boolean holds() {
    return moved.isEmpty() && stale.isEmpty();
  }

  /** Compares what a spec gives now with what it gave. */
  public static Comparison of(Golden golden, Golden seen, Tolerances tolerances) {
    return new Work(tolerances).all(golden, seen);
  }

  private static final class Work {
    private static final String NONE = "nothing";

    private final Tolerances tolerances;
    private final List<Moved> moved = new ArrayList<>();
    private int values;
    private double largest;
    private Optional<String> first = Optional.empty();

    Work(Tolerances tolerances) {
      this.tolerances = tolerances;
    }

    Comparison all(Golden golden, Golden seen) {
      for (MetricTables.Table table : golden.tables()) {
        table(table, find(table, seen.tables()));
        first = first.or(() -> moved.isEmpty() ? Optional.empty() : Optional.of(name(table)));
      }
      for (MetricTables.Table table : seen.tables()) {
        if (find(table, golden.tables()).isEmpty()) {
          incomparable(name(table), NONE, "a table");
        }
      }
      return new Comparison(values, largest, first, moved, stale(golden, seen));
    }

    private static Optional<String> stale(Golden golden, Golden seen) {
      if (golden.byExample() != seen.byExample()) {
        return Optional.of(
            golden.byExample()
                ? "it has a value for each example, and the spec asks for means"
                : "it has means, and the spec asks for a value for each example");
      }
      return golden.work().equals(seen.work())
          ? Optional.empty()
          : Optional.of("the spec's model, data, runs or metrics were changed since");
    }

    private static Optional<MetricTables.Table> find(
        MetricTables.Table wanted, List<MetricTables.Table> tables) {
      return tables.stream()
          .filter(t -> t.run().equals(wanted.run()) && t.metric().equals(wanted.metric()))
          .findFirst();
    }

    private void table(MetricTables.Table golden, Optional<MetricTables.Table> seen) {
      if (seen.isEmpty()) {
        incomparable(name(golden), "a table", NONE);
        return;
      }
      String was = shape(golden.values());
      String is = shape(seen.get().values());
      if (!sameAxes(golden.values(), seen.get().values())) {
        incomparable(name(golden), was, was.equals(is) ? "other labels" : is);
        return;
      }
      for (int i = 0; i < golden.values().size(); i++) {
        value(golden, seen.get().values(), i);
      }
    }

    private void value(MetricTables.Table golden, LabelledArray seen, int i) {
      boolean was = golden.values().isPresent(i);
      if (was != seen.isPresent(i)) {
        incomparable(
            place(golden, i),
            was ? text(golden.values().at(i)) : NONE,
            was ? NONE : text(seen.at(i)));
      } else if (was) {
        values++;
        number(golden, i, golden.values().at(i), seen.at(i));
      }
    }

    private void number(MetricTables.Table table, int i, double golden, double seen) {
      if (golden == seen || (Double.isNaN(golden) && Double.isNaN(seen))) {
        return;
      } else if (!Double.isFinite(golden) || !Double.isFinite(seen)) {
        incomparable(place(table, i), text(golden), text(seen));
        return;
      }
      double difference = Math.abs(seen - golden);
      double units = difference / tolerances.allowance(table.metric(), golden);
      if (units > 1) {
        moved.add(new Moved(place(table, i), text(golden), text(seen), difference, units));
      } else {
        largest = Math.max(largest, units);
      }
    }

    private void incomparable(String place, String golden, String seen) {
      double infinite = Double.POSITIVE_INFINITY;
      moved.add(new Moved(place, golden, seen, infinite, infinite));
    }

    private static boolean sameAxes(LabelledArray one, LabelledArray other) {
      List<ArrayAxis> axes = one.axes();
      boolean same = axes.size() == other.axes().size();
      for (int a = 0; same && a < axes.size(); a++) {
        ArrayAxis there = other.axes().get(a);
        same =
            axes.get(a).name().equals(there.name()) && axes.get(a).labels().equals(there.labels());
      }
      return same;
    }

    private static String shape(LabelledArray x) {
      List<String> axes = x.axes().stream().map(a -> a.name() + " " + a.size()).toList();
      return "axes [" + String.join(", ", axes) + "]";
    }

    private static String name(MetricTables.Table table) {
      return table.run() + "." + table.metric();
    }

    private static String place(MetricTables.Table table, int i) {
      int[] indices = table.values().indices(i);
      List<String> coordinates = new ArrayList<>();
      for (int a = 0; a < indices.length; a++) {
        ArrayAxis axis = table.values().axes().get(a);
        coordinates.add(axis.name() + "=" + axis.labels().get(indices[a]));
      }
      return name(table) + (coordinates.isEmpty() ? "" : " at " + String.join(", ", coordinates));
    }

    private static String text(double x) {
      return Double.isFinite(x) ? NumberText.of(x) : Double.toString(x);
    }
  }
}
