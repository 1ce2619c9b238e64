package org.intervene.plan;

import java.util.List;
import org.intervene.diagnostic.Span;

/**
 * One input under one chain of edits: its naive meaning is one full forward pass.
 *
 * @param id index in {@link Plan#cells()}
 * @param span the clause that asked for it
 * @param tokens [pos] what the model reads, BOS included where one is prepended; never changed
 * @param edits in written order; at one site a later edit sees what an earlier one left
 * @param reads numbers wanted; in a declared run, entry i belongs to {@link PlannedRun#atoms()}
 *     entry i
 * @param collects values to be saved
 */
public record Cell(
    int id,
    Span span,
    int[] tokens,
    List<CellEdit> edits,
    List<Read> reads,
    List<Collected> collects) {
  public Cell {
    edits = List.copyOf(edits);
    reads = List.copyOf(reads);
    collects = List.copyOf(collects);
  }

  /**
   * A value to be saved under a name: one slice, or several of one site in different layers.
   *
   * @param name the part after the slash of {@code RUN/NAME}
   */
  public record Collected(String name, List<Slice> slices) {
    public Collected {
      slices = List.copyOf(slices);
    }
  }
}
