package org.intervene.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in their shortest form that reads back as the same double. */
public final class NumberText {
  private static final double LARGEST_EXACT = 0x1p53;
  private static final int SMALLEST_PLAIN_EXPONENT = -3;
  private static final int LARGEST_PLAIN_EXPONENT = 14;

  private NumberText() {}

  /**
   * {@code 3}, {@code 0.25}, {@code 1e-4}: whole numbers that are exact have no exponent, others
   * have one outside of 0.001 to 10^15.
   *
   * @param value a finite number
   */
  public static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String sign = shortest.signum() < 0 ? "-" : "";
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign + digits.charAt(0) + fraction + "e" + exponent;
  }

  /** The decimal with the fewest digits that is read back as the double. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value));
    for (int digits = 1; digits < exact.precision(); digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.stripTrailingZeros();
  }
}
