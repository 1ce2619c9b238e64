package org.intervene.model;

/** Numbers of 16 bits, which Java has no type for before version 20. */
public final class Half {
  private Half() {}

  /** IEEE 754 binary16: sign, 5 exponent bits with bias 15, 10 fraction bits. */
  public static double value(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1024 + fraction) * Math.pow(2, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }
}
