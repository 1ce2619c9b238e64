package org.intervene.pyvene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The argument {@code subspaces} and the field {@code subspace_partition}. */
final class Subspaces {
  private Subspaces() {}

  /** The indices that numbers of subspaces stand for, ascending; without a partition themselves. */
  static Optional<int[]> indices(Representation r, int[] numbers, Problems problems) {
    Json partition = r.field("subspace_partition");
    if (partition.absent()) {
      return Optional.of(IntStream.of(numbers).distinct().sorted().toArray());
    }
    List<int[]> parts = new ArrayList<>();
    for (Json part : partition.items()) {
      Optional<int[]> indices = part.naturals();
      if (indices.isEmpty()) {
        problems.noEquivalent(part, "this part is not a list of natural numbers", "name both ends");
        return Optional.empty();
      }
      // pyvene reads two numbers as a range without its end
      int[] two = indices.get();
      parts.add(two.length == 2 ? IntStream.range(two[0], two[1]).toArray() : two);
    }
    TreeSet<Integer> all = new TreeSet<>();
    for (int number : numbers) {
      if (number >= parts.size()) {
        problems.wrongCall(
            partition, "the call names subspace " + number + " of " + parts.size(), "count from 0");
        return Optional.empty();
      }
      IntStream.of(parts.get(number)).forEach(all::add);
    }
    return Optional.of(all.stream().mapToInt(i -> i).toArray());
  }
}
