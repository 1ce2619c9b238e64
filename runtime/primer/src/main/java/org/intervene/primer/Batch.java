package org.intervene.primer;

/**
 * Rows of tokens and what should follow each.
 *
 * @param ids [row][pos]
 * @param targets [row][pos], {@link #NONE} where nothing is to be learned
 */
record Batch(long[][] ids, long[][] targets) {
  static final long NONE = -100;
}
