package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.intervene.model.ModelFacts;
import org.intervene.pyvene.Target.Part;

/**
 * Exchanges within a subspace, x + U Uᵀ(s - x), in statements that the language carries out: the
 * base loses its part in U, and gains the source less a source that has lost its part in U.
 */
final class Rotated {
  /** Two statements a column: more would hide what a spec does. */
  private static final int MOST_COLUMNS = 128;

  private final ModelFacts facts;
  private final Call call;
  private final Weights weights;
  private final SavedTensors tensors;
  private final Problems problems;

  Rotated(ModelFacts facts, Call call, Weights weights, SavedTensors tensors, Problems problems) {
    this.facts = facts;
    this.call = call;
    this.weights = weights;
    this.tensors = tensors;
    this.problems = problems;
  }

  /**
   * Adds the statements.
   *
   * @param run that is changed
   * @param source run that is read, and its column
   */
  void write(
      Target target, int example, Program program, String run, String source, String column) {
    Representation r = target.of();
    Spot spot = target.pair().to();
    boolean one = places(spot.heads()) == 1 && places(spot.positions()) == 1;
    if (!one && (spot.heads() != null || places(spot.positions()) > 1)) {
      problems.noEquivalent(
          r.at(),
          "it rotates the values of several places laid end to end",
          "rotate one place at a time: max_number_of_units 1");
      return;
    }
    int width = target.component().width(facts);
    Optional<Rotation> rotation = Rotation.of(r, width, weights, problems);
    Optional<int[]> columns = rotation.flatMap(t -> columns(r, t.rank(), example));
    if (columns.isEmpty()) {
      return;
    }
    for (Part part : target.parts(facts)) {
      if (columns.get().length == width) {
        // a whole rotation there and back is none
        String from = part.inPlace() ? "" : " [" + part.from() + "]";
        program.add(run, "patch " + part.to() + " from " + source + from);
      } else {
        exchange(r, part, rotation.get(), columns.get(), program, run, source, column);
      }
    }
  }

  private static int places(List<String> indices) {
    return indices == null ? 1 : indices.size();
  }

  private Optional<int[]> columns(Representation r, int rank, int example) {
    Optional<int[]> named = call.subspaces(r, example);
    boolean low = r.type().equals("LowRankRotatedSpaceIntervention");
    int count = low ? rank : Math.min(rank, r.dimension().whole().orElse(rank));
    Optional<int[]> columns =
        named.isPresent()
            ? Subspaces.indices(r, named.get(), problems)
            : Optional.of(IntStream.range(0, count).toArray());
    if (columns.isPresent()
        && (columns.get().length == 0 || columns.get()[columns.get().length - 1] >= rank)) {
      problems.noEquivalent(
          r.at(),
          "it exchanges dimensions that its rotation has not",
          "name some of 0.." + (rank - 1));
      return Optional.empty();
    }
    return columns;
  }

  private void exchange(
      Representation r,
      Part part,
      Rotation rotation,
      int[] columns,
      Program program,
      String run,
      String source,
      String column) {
    if (columns.length > MOST_COLUMNS) {
      problems.noEquivalent(
          r.at(),
          "it exchanges "
              + columns.length
              + " rotated dimensions, and a spec takes two lines for each",
          "at most " + MOST_COLUMNS + " are written; name fewer in `subspaces`");
      return;
    }
    Optional<double[][]> vectors = rotation.columns(columns);
    if (vectors.isEmpty()) {
      problems.noEquivalent(
          r.at(), "the columns of its rotation are not orthonormal", "train or save it again");
      return;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      names.add(tensors.vector("rotated_" + r.index() + "_" + columns[i], vectors.get()[i], null));
    }
    String read = source;
    String rest = program.run("rest_" + r.index(), column);
    if (!part.inPlace()) {
      String patch = "patch " + part.to() + " from " + source + " [" + part.from() + "]";
      read = program.run("moved_" + r.index(), column);
      program.add(read, patch);
      program.add(rest, patch);
    }
    for (String name : names) {
      program.add(rest, "ablate " + part.to() + " along " + name);
      program.add(run, "ablate " + part.to() + " along " + name);
    }
    program.add(run, "add " + part.to() + " from " + read);
    program.add(run, "subtract " + part.to() + " from " + rest);
  }
}
