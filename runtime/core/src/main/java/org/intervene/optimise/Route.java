package org.intervene.optimise;

/** How a piece of work gets its numbers. */
public sealed interface Route {
  /** Every position that has a row comes out of the last block, and each has all its logits. */
  int[] ALL = null;

  /** Whether all logits of all positions are computed, read or not. */
  default boolean isWhole() {
    return (this instanceof Full full && full.finals == null)
        || (this instanceof Join join && join.finals == null);
  }

  /**
   * One forward pass from the token embeddings.
   *
   * @param end first position that is not computed, because nothing reads it; the input's length if
   *     all are
   * @param finals positions that go past attention in the last block, ascending; or {@link #ALL}
   */
  record Full(int end, int[] finals) implements Route {}

  /** Its numbers are those of another piece of work. */
  record SameAs(int work) implements Route {}

  /**
   * It continues another piece of work over the same tokens, whose activations it shares up to the
   * entry and before the first position.
   *
   * @param parent the work that it continues
   * @param first first position that is computed; earlier keys and values are the parent's
   * @param end first position that is not computed any more, because nothing reads it
   * @param finals positions that go past attention in the last block, ascending; or {@link #ALL}
   * @param delayed first position that is computed only from the block behind the entry's on, since
   *     what is edited before changes none from there on; the end if there is none
   * @param projected positions whose queries, keys and values are computed in the block in which
   *     all positions are there for the first time, ascending; or {@link #ALL}. Those of the others
   *     are the parent's
   */
  record Join(
      int parent, Entry entry, int first, int end, int[] finals, int delayed, int[] projected)
      implements Route {
    Join(int parent, Entry entry, int first, int end, int[] finals) {
      this(parent, entry, first, end, finals, end, ALL);
    }

    Join from(int position) {
      return new Join(parent, entry, position, end, finals, delayed, projected);
    }

    Join delaying(int from) {
      return new Join(parent, entry, first, end, finals, from, projected);
    }

    Join projecting(int[] positions) {
      return new Join(parent, entry, first, end, finals, delayed, positions);
    }

    /** Positions that are computed from the entry's block or the one behind it on. */
    public int rows() {
      return end - first;
    }

    /** Whether some positions come a block later than others. */
    public boolean isDelaying() {
      return delayed < end;
    }

    /** The block in which all positions are there for the first time. */
    public int complete() {
      return entry.layer() + (isDelaying() ? 1 : 0);
    }
  }

  /**
   * Nothing but the final norm and the unembedding is left to compute.
   *
   * @param parent the work whose last {@code resid_post} it edits
   * @param positions the positions that are read, ascending
   */
  record Close(int parent, int[] positions) implements Route {}
}
