package org.intervene.metric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for people to read; files get all digits. */
public final class Shown {
  private Shown() {}

  /** Four significant digits, without trailing zeros; whole numbers below 10^9 in full. */
  public static String number(double x) {
    return digits(x, 4);
  }

  /** Two significant digits, for narrow places; the digits before the point in full. */
  public static String brief(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return Double.isNaN(x) ? "NaN" : x > 0 ? "inf" : "-inf";
    }
    return digits(Math.abs(x) >= 10 && Math.abs(x) < 1e5 ? Math.rint(x) : x, 2);
  }

  private static String digits(double x, int digits) {
    if (Double.isNaN(x)) {
      return "NaN";
    } else if (Double.isInfinite(x)) {
      return x > 0 ? "infinity" : "-infinity";
    } else if (x == Math.rint(x) && Math.abs(x) < 1e9) {
      return Long.toString((long) x);
    }
    BigDecimal rounded =
        new BigDecimal(x)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    double size = Math.abs(x);
    return size >= 1e-4 && size < 1e9 ? rounded.toPlainString() : rounded.toString();
  }
}
