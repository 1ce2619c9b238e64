package org.intervene.result;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Numbers in files: the shortest decimal that reads back as the same double. */
final class Numerals {
  private Numerals() {}

  /** Such as {@code 0.1}, {@code 3.0}, {@code 1.0E-5}, {@code NaN}, {@code -Infinity}. */
  static String of(double x) {
    return NumberOutput.toString(x, true);
  }
}
