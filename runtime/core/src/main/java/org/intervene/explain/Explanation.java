package org.intervene.explain;

import java.util.List;
import org.intervene.diagnostic.Span;
import org.intervene.optimise.Applied;
import org.intervene.plan.SweepAxis;

/**
 * What a plan will do, in numbers.
 *
 * @param runs the logical plan: the declared runs
 * @param rules what the optimiser did, in order; empty for the naive plan
 * @param steps the physical plan, in order
 */
public record Explanation(
    List<Logical> runs, List<Applied> rules, List<Step> steps, Totals totals) {
  public Explanation {
    runs = List.copyOf(runs);
    rules = List.copyOf(rules);
    steps = List.copyOf(steps);
  }

  /**
   * A declared run.
   *
   * @param span where the spec declares it
   * @param input data and column that it runs on, such as {@code facts.clean}
   * @param edits slices edited in its cells, all together
   * @param reads numbers read from its cells, all together
   * @param dead cells whose edits provably change nothing that is read
   */
  public record Logical(
      Span span,
      String name,
      String input,
      List<SweepAxis> axes,
      int examples,
      long cells,
      long edits,
      long reads,
      long dead) {
    public Logical {
      axes = List.copyOf(axes);
    }
  }

  /** What a step does. */
  public enum Kind {
    /** Forward passes from the embeddings to the logits. */
    WHOLE,
    /** Passes that continue others where their first edit is. */
    CONTINUED,
    /** The final norm and the unembedding alone. */
    CLOSED
  }

  /**
   * Works that go through the model together.
   *
   * @param works distinct pieces of work in it
   * @param rows rows of its matrix when all works have joined: positions of all of them
   * @param firstLayer the earliest block that any of them enters
   * @param operations floating-point operations, two for each multiply-add
   * @param bytes estimate of what it needs while it runs
   * @param keeps estimate of the bytes that it leaves behind for later steps and for the results
   * @param serves the runs whose cells get numbers from it
   */
  public record Step(
      Kind kind,
      int works,
      long rows,
      int firstLayer,
      double operations,
      long bytes,
      long keeps,
      List<Served> serves) {
    public Step {
      serves = List.copyOf(serves);
    }
  }

  /**
   * A run that a step computes something for.
   *
   * @param run its name; empty for inputs that means, vectors and resampling read, and for shared
   *     beginnings of edit chains
   * @param span where the spec declares it
   * @param cells how many of its cells have their numbers from the step
   */
  public record Served(String run, Span span, long cells) {}

  /**
   * The whole plan.
   *
   * @param cells forward passes of the naive plan
   * @param works distinct pieces of work
   * @param whole works that are whole forward passes
   * @param continued works that continue another one
   * @param closed works without a pass
   * @param shared works that were found to be another one
   * @param dead cells whose edits provably change nothing that is read
   * @param naive floating-point operations of one whole forward pass for every cell
   * @param planned floating-point operations of this plan
   * @param memory where the memory goes
   */
  public record Totals(
      long cells,
      long works,
      long whole,
      long continued,
      long closed,
      long shared,
      long dead,
      double naive,
      double planned,
      Memory memory) {

    /** Forward passes that are not made. */
    public long saved() {
      return cells - whole;
    }
  }
}
