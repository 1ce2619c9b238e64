package org.intervene.check;

/** What a sweep variable counts. */
public enum SweepKind {
  LAYER,
  HEAD,
  POSITION,
  UNIT,
  NUMBER
}
