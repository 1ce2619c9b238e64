package org.intervene.digest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as ECMAScript's {@code Number::toString} prints them. */
final class CanonicalNumber {
  private static final double LARGEST_WHOLE = 0x1p53;
  private static final int MOST_PLAIN_DIGITS = 21;
  private static final int MOST_LEADING_ZEROS = 6;

  private CanonicalNumber() {}

  static String text(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("JSON has no " + x);
    }
    if (x == Math.rint(x) && Math.abs(x) < LARGEST_WHOLE) {
      return Long.toString((long) x);
    }
    BigDecimal shortest = shortest(Math.abs(x));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (x < 0 ? "-" : "") + placed(digits, point);
  }

  /**
   * Digits with a decimal point or an exponent.
   *
   * @param point digits in front of the decimal point
   */
  private static String placed(String digits, int point) {
    int length = digits.length();
    if (length <= point && point <= MOST_PLAIN_DIGITS) {
      return digits + "0".repeat(point - length);
    } else if (0 < point && point <= MOST_PLAIN_DIGITS) {
      return digits.substring(0, point) + "." + digits.substring(point);
    } else if (-MOST_LEADING_ZEROS < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String fraction = length > 1 ? "." + digits.substring(1) : "";
    int exponent = point - 1;
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }

  /** The decimal with the fewest digits that reads back as x, of those the nearest to x. */
  private static BigDecimal shortest(double x) {
    BigDecimal exact = new BigDecimal(x);
    // Java's own text reads back; before Java 19 it may have digits too many, or not be the nearest
    int digits = new BigDecimal(Double.toString(x)).stripTrailingZeros().precision();
    BigDecimal found = nearest(exact, x, digits);
    for (int fewer = digits - 1; fewer > 0; fewer--) {
      BigDecimal shorter = nearest(exact, x, fewer);
      if (shorter == null) {
        break;
      }
      found = shorter;
    }
    return found.stripTrailingZeros();
  }

  /** The decimal of so many digits that is nearest to x and reads back as x; null if none does. */
  private static BigDecimal nearest(BigDecimal exact, double x, int digits) {
    BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
    boolean belowReads = below.doubleValue() == x;
    boolean aboveReads = above.doubleValue() == x;
    if (belowReads && aboveReads) {
      int nearer = exact.subtract(below).compareTo(above.subtract(exact));
      boolean even = !below.unscaledValue().testBit(0);
      return nearer < 0 || (nearer == 0 && even) ? below : above;
    }
    return belowReads ? below : aboveReads ? above : null;
  }
}
