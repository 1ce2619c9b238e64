package org.intervene.check;

/** What a sweep variable counts. */
public enum SweepKind {
  LAYER,
  HEAD,
  EXPERT,
  POSITION,
  UNIT,
  NUMBER
}
