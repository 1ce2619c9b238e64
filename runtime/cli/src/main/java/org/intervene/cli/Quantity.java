package org.intervene.cli;

import java.util.Locale;

/** Large numbers in three digits. */
final class Quantity {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

  private Quantity() {}

  /** Floating-point operations: {@code 8.21 MFLOP}. */
  static String operations(double count) {
    return scaled(count, "FLOP");
  }

  /** Operations in a second: {@code 60.2 GFLOP/s}. */
  static String speed(double perSecond) {
    return scaled(perSecond, "FLOP/s");
  }

  /** Seconds: {@code 1.23 s}, {@code 45.6 ms}. */
  static String seconds(double seconds) {
    return seconds >= 1 ? digits(seconds) + " s" : digits(seconds * 1000) + " ms";
  }

  private static String scaled(double x, String unit) {
    int prefix = 0;
    double left = x;
    while (left >= 999.5 && prefix < PREFIXES.length - 1) {
      left /= 1000;
      prefix++;
    }
    return digits(left) + " " + PREFIXES[prefix] + unit;
  }

  private static String digits(double x) {
    int digits = x == 0 || x >= 99.95 ? 0 : x >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", x);
  }
}
