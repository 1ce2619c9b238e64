package org.intervene.optimise;

/** How exactly a rule keeps the numbers of the naive plan. */
public enum Exactness {
  /** The same bits. */
  BITWISE,
  /** The same up to rounding: products of other shapes add in another order. */
  WITHIN_TOLERANCE
}
