package org.intervene.optimise;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.plan.Plan;

/**
 * Chooses what waits in a file where memory cannot hold all that packs leave for others: whenever
 * there is too much, the tensor whose last reader is farthest away. It goes to the file as soon as
 * it is computed, and a block that reads some of it reads these rows alone.
 *
 * <pre>
 *   pack            0         1         2         3
 *   work 0, keys    ■ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ■      in the file: the farthest reader
 *   work 1, z                 ■─────────┤                in memory
 * </pre>
 *
 * <p>What is read back has the same bits, so no result depends on the choice.
 */
public final class Spilling {
  private Spilling() {}

  /**
   * The plan with so much in the file that the rest fits, as far as that can be done.
   *
   * @param elementBytes bytes of one element in the run's dtype
   * @param collecting whether what is collected stays in memory
   * @param most bytes that there are beside the weights
   */
  public static PhysicalPlan under(
      Plan plan, PhysicalPlan physical, int elementBytes, boolean collecting, long most) {
    Estimate estimate = new Estimate(plan, physical, elementBytes, collecting);
    if (estimate.with(Set.of()).peak() <= most) {
      return physical;
    }
    Map<Left, Leavings.Lasting> all = estimate.leavings().all();
    Set<Left> outliving =
        all.entrySet().stream()
            .filter(e -> e.getValue().last() > e.getKey().pack())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    long room = most - estimate.always() - estimate.largest(outliving);
    return physical.spilling(farthest(estimate, outliving, room));
  }

  private static Set<Left> farthest(Estimate estimate, Set<Left> outliving, long room) {
    Map<Left, Leavings.Lasting> all = estimate.leavings().all();
    Map<Integer, List<Left>> byPack =
        outliving.stream().sorted().collect(Collectors.groupingBy(Left::pack));
    PriorityQueue<Left> farthest =
        new PriorityQueue<>(
            Comparator.comparingInt((Left t) -> -all.get(t).last())
                .thenComparing(Comparator.naturalOrder()));
    long[] ending = new long[estimate.packs()];
    Set<Left> spilled = new HashSet<>();
    long carried = 0;
    for (int p = 0; p < ending.length; p++) {
      long fresh = 0;
      for (Left tensor : byPack.getOrDefault(p, List.of())) {
        Leavings.Lasting lasting = all.get(tensor);
        fresh += lasting.bytes();
        ending[lasting.last()] += lasting.bytes();
        farthest.add(tensor);
      }
      carried += fresh;
      long passing = Math.max(0, estimate.left(p) - fresh);
      while (carried + passing > room
          && !farthest.isEmpty()
          && all.get(farthest.peek()).last() >= p) {
        Left tensor = farthest.poll();
        carried -= all.get(tensor).bytes();
        ending[all.get(tensor).last()] -= all.get(tensor).bytes();
        spilled.add(tensor);
      }
      carried -= ending[p];
    }
    return spilled;
  }
}
