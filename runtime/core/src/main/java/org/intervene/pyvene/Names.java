package org.intervene.pyvene;

/** Names in the spec that is written. */
final class Names {
  private Names() {}

  /** The column and the run of an input besides the base. */
  static String source(int number, int of) {
    return of == 1 ? "source" : "source_" + number;
  }
}
