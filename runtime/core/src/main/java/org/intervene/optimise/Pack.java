package org.intervene.optimise;

import java.util.List;

/**
 * Works that flow through the model together as one matrix of rows, each joining when the layer
 * index reaches its entry.
 *
 * @param level packs of a level read only works of lower levels
 * @param works ids, by entry
 * @param rows rows of the matrix when all have joined
 * @param bytes estimate of what it needs at once
 */
public record Pack(int level, Kind kind, List<Integer> works, long rows, long bytes) {
  public Pack {
    works = List.copyOf(works);
  }

  /** What the works of a pack have in common. */
  public enum Kind {
    /** Whole forward passes from the embeddings. */
    FULL,
    /** Continuations of other works. */
    JOIN,
    /** Final norm and unembedding only. */
    CLOSE
  }
}
