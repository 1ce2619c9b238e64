package org.intervene.optimise;

/** One rewrite of the work. */
interface Rule {
  /** Its name, such as {@code share-runs}. */
  String name();

  Exactness exactness();

  /** The rewritten work, with what it did added to the counts. */
  Works apply(Works works);
}
