package org.intervene.read;

import java.util.Optional;

/** Which numbers a spec may hold: those that a double holds without surprising anyone. */
final class ExactNumbers {
  private static final double LARGEST_EXACT = 0x1p53;

  private ExactNumbers() {}

  /** What is wrong with a number: too large, too small, or a whole number that is not exact. */
  static Optional<String> problem(String text, double value) {
    if (Double.isInfinite(value)) {
      return Optional.of(text + " is too large for a floating-point number");
    }
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    if (whole && Math.abs(value) > LARGEST_EXACT) {
      return Optional.of(text + " is not exact: whole numbers go up to 9007199254740992");
    }
    if (value == 0 && !text.matches("-?[0.]+([eE].*)?")) {
      return Optional.of(text + " is too small for a floating-point number");
    }
    return Optional.empty();
  }
}
