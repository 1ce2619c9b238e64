package org.intervene.execute;

/** Hears how far an execution is. Calls come from one thread. */
public interface Progress {
  /** Nobody listens. */
  Progress NONE =
      new Progress() {
        @Override
        public void planned(long cells) {}

        @Override
        public void done(long cells) {}
      };

  /** How many cells there will be in all. */
  void planned(long cells);

  /** So many more cells are finished. */
  void done(long cells);

  /** The next step (a pack, or a cell of the naive plan) is finished, and took so long. */
  default void step(long nanos) {}
}
