package org.intervene.pyvene;

import java.util.Optional;
import java.util.Set;

/**
 * The argument {@code unit_locations}: a number for all, a pair of numbers, a list for all, or
 * lists by side, intervention and example. What each form means is what {@code
 * IntervenableModel._broadcast_unit_locations} of 0.1.8 makes of it.
 */
final class Locations {
  private final Json whole;
  private final boolean serial;
  private final int interventions;
  private final Problems problems;

  Locations(Json whole, boolean serial, int interventions, Problems problems) {
    this.whole = whole;
    this.serial = serial;
    this.interventions = interventions;
    this.problems = problems;
  }

  /**
   * Indices that one side of an intervention names; null where all are meant.
   *
   * @param at where they stand in the call
   */
  record Place(Json at, int[] heads, int[] positions) {}

  /** Where an intervention writes. */
  Optional<Place> base(Representation of, int example) {
    return place(of, example, 1);
  }

  /** Where an intervention reads. */
  Optional<Place> source(Representation of, int example) {
    return place(of, example, 0);
  }

  private Optional<Place> place(Representation of, int example, int side) {
    if (whole.absent()) {
      return Optional.of(new Place(whole, null, null));
    }
    boolean baseOnly = !serial && whole.get("sources->base").absent();
    Json value = baseOnly ? whole.get("base") : whole.get(key(of.index()));
    if (value.absent()) {
      problems.wrongCall(
          whole, "there is no entry `" + key(of.index()) + "`", "pyvene requires it");
      return Optional.empty();
    }
    return broadcast(value, of, example, side, baseOnly);
  }

  private String key(int index) {
    if (!serial) {
      return "sources->base";
    }
    String to = index == interventions - 1 ? "base" : "source_" + (index + 1);
    return "source_" + index + "->" + to;
  }

  private Optional<Place> broadcast(
      Json value, Representation of, int example, int side, boolean baseOnly) {
    int size = value.node().size();
    boolean simplePair =
        value.isList()
            && size == 2
            && isNumberOrNull(value.get(0))
            && isNumberOrNull(value.get(1))
            && !(value.get(0).absent() && value.get(1).absent());
    if (value.whole().isPresent()) {
      return simple(value, new int[] {value.whole().getAsInt()}, of);
    } else if (simplePair) {
      Json one = value.get(side);
      return one.absent() ? none(value, side) : simple(one, new int[] {one.whole().getAsInt()}, of);
    } else if (value.naturals().isPresent() && size > 0) {
      return simple(value, value.naturals().get(), of);
    } else if (baseOnly) {
      return side == 0 ? none(value, side) : nested(value, of, example);
    }
    Json one = value.get(side);
    return one.absent() ? none(value, side) : nested(one, of, example);
  }

  private static boolean isNumberOrNull(Json value) {
    return value.node().isNull() || value.whole().isPresent();
  }

  private Optional<Place> none(Json at, int side) {
    problems.wrongCall(
        at, "no places are named " + (side == 0 ? "for the sources" : "for the base"), "name both");
    return Optional.empty();
  }

  private Optional<Place> simple(Json at, int[] indices, Representation of) {
    if (indices[0] < 0 || !Set.of("pos", "h").contains(of.unit())) {
      return wrong(at, of);
    }
    boolean heads = of.unit().equals("h");
    return Optional.of(new Place(at, heads ? indices : null, heads ? null : indices));
  }

  /** Lists by intervention and example; for {@code h.pos}, of heads and of positions. */
  private Optional<Place> nested(Json lists, Representation of, int example) {
    Json mine = lists.get(serial ? 0 : of.index());
    if (mine.node().isNull()) {
      return Optional.of(new Place(mine, null, null));
    }
    boolean both = of.unit().equals("h.pos");
    Optional<int[]> first = (both ? mine.get(0) : mine).get(example).naturals();
    Optional<int[]> second = both ? mine.get(1).get(example).naturals() : first;
    if (first.isEmpty() || second.isEmpty() || first.get().length * second.get().length == 0) {
      return wrong(mine.absent() ? lists : mine, of);
    }
    boolean heads = of.unit().startsWith("h");
    boolean positions = of.unit().endsWith("pos");
    return Optional.of(
        new Place(mine, heads ? first.get() : null, positions ? second.get() : null));
  }

  private Optional<Place> wrong(Json at, Representation of) {
    String form =
        of.unit().equals("h.pos")
            ? "[heads, positions], each a list for each example"
            : "a list of natural numbers for each example";
    problems.wrongCall(at, "this names no places of unit `" + of.unit() + "`", "write " + form);
    return Optional.empty();
  }
}
