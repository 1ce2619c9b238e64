package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.pyvene.Call.Pair;

/**
 * What an intervention changes in one example.
 *
 * @param of the intervention
 * @param component what its name means
 * @param layer of the model
 * @param pair the places that are read and written
 * @param dims indices on the value's last axis in pyvene, ascending; null means all
 */
record Target(Representation of, Component component, int layer, Pair pair, int[] dims) {

  /**
   * Two slices that belong together, as a spec writes them.
   *
   * @param dims the indices in {@link Target#dims} that this part has; null means all
   */
  record Part(String to, String from, int[] dims) {
    boolean inPlace() {
      return to.equals(from);
    }
  }

  private record Columns(String axes, int[] dims) {}

  /** The slices, as few as will do. */
  List<Part> parts(ModelFacts facts) {
    List<Part> parts = new ArrayList<>();
    for (Columns columns : columns(facts)) {
      for (Pair one : pairs()) {
        parts.add(new Part(slice(one.to(), columns), slice(one.from(), columns), columns.dims));
      }
    }
    return parts;
  }

  /** One pair where both sides are the same, else one for each place. */
  private List<Pair> pairs() {
    if (pair.to().equals(pair.from())) {
      return List.of(pair);
    }
    List<Pair> pairs = new ArrayList<>();
    int heads = pair.to().heads() == null ? 1 : pair.to().heads().size();
    int positions = pair.to().positions() == null ? 1 : pair.to().positions().size();
    for (int h = 0; h < heads; h++) {
      for (int p = 0; p < positions; p++) {
        pairs.add(new Pair(one(pair.from(), h, p), one(pair.to(), h, p)));
      }
    }
    return pairs;
  }

  private static Spot one(Spot spot, int head, int position) {
    return new Spot(
        spot.heads() == null ? null : List.of(spot.heads().get(head)),
        spot.positions() == null ? null : List.of(spot.positions().get(position)));
  }

  private List<Columns> columns(ModelFacts facts) {
    if (dims == null) {
      return List.of(new Columns("", null));
    } else if (component.layout() != Component.Layout.FLAT) {
      return List.of(new Columns(".unit[" + Numbers.ranges(dims) + "]", dims));
    }
    int units = component.units(facts);
    TreeMap<Integer, List<Integer>> byHead = new TreeMap<>();
    IntStream.of(dims)
        .forEach(d -> byHead.computeIfAbsent(d / units, h -> new ArrayList<>()).add(d));
    List<Columns> columns = new ArrayList<>();
    byHead.forEach(
        (head, all) -> {
          int[] mine = all.stream().mapToInt(i -> i).toArray();
          int[] inHead = IntStream.of(mine).map(d -> d % units).toArray();
          String unit = mine.length == units ? "" : ".unit[" + Numbers.ranges(inHead) + "]";
          columns.add(new Columns(".head[" + head + "]" + unit, mine));
        });
    return columns;
  }

  private String slice(Spot spot, Columns columns) {
    String heads = spot.heads() == null ? "" : ".head[" + String.join(", ", spot.heads()) + "]";
    String at = spot.positions() == null ? "" : " @ " + Numbers.at(spot.positions());
    return component.site().spelled() + "[" + layer + "]" + heads + columns.axes + at;
  }
}
