package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A call that is still to be filled in: texts to replace, and parameters for the places. */
final class OpenCall implements Call {
  private final int sources;
  private final Set<Integer> needed;
  private final TreeSet<String> parameters = new TreeSet<>();

  /**
   * @param sources how many pyvene's call would have
   * @param needed the numbers of those that something reads, ascending
   */
  OpenCall(int sources, SortedSet<Integer> needed) {
    this.sources = sources;
    this.needed = needed;
  }

  @Override
  public int examples() {
    return 1;
  }

  @Override
  public int sources() {
    return sources;
  }

  @Override
  public boolean has(int source) {
    return true;
  }

  @Override
  public Optional<Pair> pair(Representation of, Component component, int source, int example) {
    boolean heads = of.unit().startsWith("h");
    boolean positions = of.unit().endsWith("pos");
    int units = of.maxUnits();
    Spot spot =
        new Spot(
            heads ? named("head", positions ? 1 : units, false) : null,
            positions ? named("pos", units, true) : null);
    return Optional.of(new Pair(spot, spot));
  }

  /** {@code pos}, or {@code pos_0}, {@code pos_1} where there are several. */
  private List<String> named(String name, int count, boolean fromEnd) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String one = count == 1 ? name : name + "_" + i;
      names.add(one);
      parameters.add("param " + one + " = " + (fromEnd ? i - count : i));
    }
    return names;
  }

  @Override
  public Optional<int[]> subspaces(Representation of, int example) {
    return Optional.empty();
  }

  @Override
  public List<String> rows(List<Integer> examples) {
    StringBuilder row = new StringBuilder("{ base \"BASE\"");
    for (int i : needed) {
      row.append(' ').append(Names.source(i, sources)).append(" \"SOURCE\"");
    }
    return List.of(row + " }");
  }

  @Override
  public List<String> parameters() {
    return List.copyOf(parameters);
  }
}
