package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.pyvene.Locations.Place;

/**
 * A call whose arguments were written down.
 *
 * @param base token ids, [example][pos]
 * @param inputs of each source, [example][pos]; null where the call gives none
 */
record GivenCall(
    Json at,
    int[][] base,
    List<int[][]> inputs,
    Locations locations,
    Json subspaceNumbers,
    ModelFacts facts,
    Problems problems)
    implements Call {

  @Override
  public int examples() {
    return base.length;
  }

  @Override
  public int sources() {
    return inputs.size();
  }

  @Override
  public boolean has(int source) {
    return source < inputs.size() && inputs.get(source) != null;
  }

  @Override
  public Optional<Pair> pair(Representation of, Component component, int source, int example) {
    Optional<Place> to = locations.base(of, example);
    Optional<Place> from = source < 0 ? to : locations.source(of, example);
    if (to.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    int[][] other = source < 0 ? base : inputs.get(source);
    boolean inside =
        inside(to.get(), component, base[example].length)
            && inside(from.get(), component, other[example].length);
    if (!inside || !distinct(to.get()) || !paired(from.get(), to.get())) {
      return Optional.empty();
    }
    boolean fromEnd = base[example].length != other[example].length;
    List<List<String>> heads = texts(to.get().heads(), from.get().heads(), 0, 0);
    List<List<String>> positions =
        texts(
            to.get().positions(),
            from.get().positions(),
            fromEnd ? base[example].length : 0,
            fromEnd ? other[example].length : 0);
    return Optional.of(
        new Pair(
            new Spot(heads.get(1), positions.get(1)), new Spot(heads.get(0), positions.get(0))));
  }

  /** Both lists as texts, ascending by the first; numbers count from behind what is subtracted. */
  private static List<List<String>> texts(int[] base, int[] other, int minus, int otherMinus) {
    if (base == null) {
      return Arrays.asList(null, null);
    }
    List<List<Integer>> paired = Spot.paired(base, other);
    return List.of(
        paired.get(0).stream().map(i -> "" + (i - minus)).toList(),
        paired.get(1).stream().map(i -> "" + (i - otherMinus)).toList());
  }

  private boolean inside(Place place, Component component, int length) {
    return below(place.at(), place.positions(), length, "positions")
        && below(place.at(), place.heads(), component.heads(facts), "heads");
  }

  private boolean below(Json where, int[] indices, int limit, String what) {
    if (indices == null || IntStream.of(indices).allMatch(i -> i < limit)) {
      return true;
    }
    problems.wrongCall(where, "there are " + limit + " " + what + " here", "count from 0");
    return false;
  }

  private boolean distinct(Place place) {
    boolean twice = false;
    for (int[] indices : new int[][] {place.positions(), place.heads()}) {
      twice |= indices != null && IntStream.of(indices).distinct().count() < indices.length;
    }
    if (twice) {
      problems.noEquivalent(
          place.at(),
          "the same place is written twice, and torch does not say which value stays",
          "name every place once");
    }
    return !twice;
  }

  private boolean paired(Place from, Place to) {
    boolean same =
        length(from.heads()) == length(to.heads())
            && length(from.positions()) == length(to.positions());
    if (!same) {
      problems.wrongCall(
          to.at(), "other numbers of places are read and written", "name as many in both");
    }
    return same;
  }

  private static int length(int[] indices) {
    return indices == null ? -1 : indices.length;
  }

  @Override
  public Optional<int[]> subspaces(Representation of, int example) {
    if (subspaceNumbers.absent()) {
      return Optional.empty();
    }
    Optional<int[]> flat = subspaceNumbers.naturals();
    if (subspaceNumbers.whole().isPresent()) {
      return Optional.of(new int[] {subspaceNumbers.whole().getAsInt()});
    } else if (flat.isPresent() && flat.get().length > 0) {
      return flat;
    }
    Json mine = subspaceNumbers.get(of.index());
    if (mine.absent()) {
      return Optional.empty();
    }
    Optional<int[]> numbers = mine.get(example).naturals();
    if (numbers.isEmpty()) {
      problems.wrongCall(mine, "this is not a list of numbers for each example", "write one a row");
    } else if (mine.items().stream().anyMatch(i -> !i.node().equals(mine.get(0).node()))) {
      problems.noEquivalent(
          mine,
          "the examples name other subspaces, and pyvene 0.1.8 mixes them up",
          "call pyvene once for each choice of subspaces");
    }
    return numbers;
  }

  @Override
  public List<String> rows(List<Integer> examples) {
    return examples.stream().map(this::row).toList();
  }

  private String row(int example) {
    List<String> columns = new ArrayList<>();
    columns.add("base " + listed(base[example]));
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != null) {
        columns.add(Names.source(i, inputs.size()) + " " + listed(inputs.get(i)[example]));
      }
    }
    return "{ " + String.join(" ", columns) + " }";
  }

  private static String listed(int[] ids) {
    return IntStream.of(ids)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public List<String> parameters() {
    return List.of();
  }
}
