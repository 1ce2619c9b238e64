package org.intervene.result;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.intervene.model.safetensors.SafetensorsWriter;
import org.intervene.plan.Cell;
import org.intervene.plan.Execution;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;
import org.intervene.plan.Plan;
import org.intervene.plan.PlannedRun;

/**
 * Gathers what {@code collect} saved: {@code RUN/NAME} with axes [sweep axes..., example, layer if
 * several were selected, then the site's], or {@code RUN/NAME/EXAMPLE} without the example axis
 * where examples differ in length. The metadata holds the axes of each tensor.
 */
final class CollectedTensors {
  private final Plan plan;
  private final Execution execution;
  private final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();

  private CollectedTensors(Plan plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
  }

  static CollectedTensors of(Plan plan, Execution execution) {
    CollectedTensors gathered = new CollectedTensors(plan, execution);
    plan.runs().forEach(gathered::run);
    return gathered;
  }

  List<SafetensorsWriter.Tensor> tensors() {
    return tensors;
  }

  /** Axes of each tensor, by its name. */
  Map<String, String> metadata() {
    return metadata;
  }

  private void run(PlannedRun run) {
    Set<String> names = new LinkedHashSet<>();
    IntStream.of(run.cells())
        .filter(cell -> cell >= 0)
        .forEach(cell -> plan.cells().get(cell).collects().forEach(c -> names.add(c.name())));
    for (String name : names) {
      List<Integer> cells = IntStream.of(run.cells()).boxed().toList();
      if (cells.stream().allMatch(cell -> cell >= 0) && sameShape(cells, name)) {
        List<Long> shape = new ArrayList<>();
        run.axes().forEach(axis -> shape.add((long) axis.size()));
        shape.add((long) run.examples());
        List<CollectedAxis> axes = new ArrayList<>();
        run.axes().forEach(axis -> axes.add(CollectedAxis.whole(axis.name())));
        axes.add(CollectedAxis.whole("example"));
        add(run.name() + "/" + name, cells, name, shape, axes);
      } else {
        IntStream.range(0, run.examples()).forEach(example -> example(run, name, example));
      }
    }
  }

  /** The sweep of one example, without the points that it does not have. */
  private void example(PlannedRun run, String name, int example) {
    int axes = run.axes().size();
    List<Set<Integer>> kept = new ArrayList<>();
    run.axes().forEach(axis -> kept.add(new LinkedHashSet<>()));
    List<Integer> cells = new ArrayList<>();
    for (int point = 0; point < run.points(); point++) {
      int cell = run.cells()[point * run.examples() + example];
      if (cell >= 0) {
        cells.add(cell);
        int rest = point;
        for (int a = axes - 1; a >= 0; a--) {
          kept.get(a).add(rest % run.axes().get(a).size());
          rest /= run.axes().get(a).size();
        }
      }
    }
    if (cells.isEmpty()) {
      return;
    }
    List<Long> shape = new ArrayList<>();
    List<CollectedAxis> named = new ArrayList<>();
    for (int a = 0; a < axes; a++) {
      shape.add((long) kept.get(a).size());
      named.add(CollectedAxis.part(run.axes().get(a), kept.get(a).stream().sorted().toList()));
    }
    add(run.name() + "/" + name + "/" + example, cells, name, shape, named);
  }

  private void add(
      String full, List<Integer> cells, String name, List<Long> shape, List<CollectedAxis> axes) {
    CollectedTensor first = value(cells.get(0), name);
    if (shape.stream().reduce(1L, Math::multiplyExact) != cells.size() || !sameShape(cells, name)) {
      throw new IllegalStateException(full + " is not a grid of equal tensors");
    }
    Arrays.stream(first.shape()).forEach(shape::add);
    Cell.Collected collected =
        plan.cells().get(cells.get(0)).collects().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow();
    axes.addAll(CollectedAxis.of(collected));
    List<byte[]> parts = new Parts(cells, name);
    tensors.add(new SafetensorsWriter.Tensor(full, first.dtype(), shape, parts));
    metadata.put(full, CollectedAxis.written(axes));
  }

  /**
   * The elements of several cells' values, read one after the other: together they may be large.
   */
  private final class Parts extends AbstractList<byte[]> {
    private final List<Integer> cells;
    private final String name;

    Parts(List<Integer> cells, String name) {
      this.cells = cells;
      this.name = name;
    }

    @Override
    public byte[] get(int index) {
      return value(cells.get(index), name).bytes();
    }

    @Override
    public int size() {
      return cells.size();
    }
  }

  private boolean sameShape(List<Integer> cells, String name) {
    long[] shape = value(cells.get(0), name).shape();
    return cells.stream().allMatch(cell -> Arrays.equals(value(cell, name).shape(), shape));
  }

  private CollectedTensor value(int cell, String name) {
    CollectedTensor value = execution.collected().get(new CollectKey(cell, name));
    if (value == null) {
      throw new IllegalStateException("cell " + cell + " did not save " + name);
    }
    return value;
  }
}
