package org.intervene.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.diagnostic.Span;

/**
 * Numbers the cells of a plan, and keeps one unedited cell for each input that a mean or a
 * resampling reads.
 */
final class CellRegister {
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, Integer> unedited = new HashMap<>();

  /** Adds a cell and returns its id. */
  int add(
      Span span,
      int[] tokens,
      List<CellEdit> edits,
      List<Read> reads,
      List<Cell.Collected> collects) {
    cells.add(new Cell(cells.size(), span, tokens, edits, reads, collects));
    return cells.size() - 1;
  }

  /** The unedited cell of an input. */
  int unedited(Span span, Prompt prompt) {
    String key = prompt.data() + "\n" + prompt.column() + "\n" + prompt.example();
    return unedited.computeIfAbsent(
        key, k -> add(span, prompt.tokens(), List.of(), List.of(), List.of()));
  }

  /** Says what a cell reads. */
  void setReads(int id, List<Read> reads) {
    Cell cell = cells.get(id);
    cells.set(id, new Cell(id, cell.span(), cell.tokens(), cell.edits(), reads, cell.collects()));
  }

  Cell get(int id) {
    return cells.get(id);
  }

  int size() {
    return cells.size();
  }

  List<Cell> all() {
    return cells;
  }
}
