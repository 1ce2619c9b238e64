package org.intervene.cli;

import java.util.Locale;

/** Sizes of memory as people write them. */
final class ByteSize {
  private static final String UNITS = "KMGT";

  private ByteSize() {}

  /**
   * Bytes of {@code 512M}, {@code 6G}, {@code 1.5GiB} or {@code 1048576}; K is 1024.
   *
   * @throws NumberFormatException if it is not a positive size
   */
  static long parse(String text) {
    String size = text.strip().toUpperCase(Locale.ROOT).replaceFirst("I?B$", "");
    int unit = size.isEmpty() ? -1 : UNITS.indexOf(size.charAt(size.length() - 1));
    String number = unit < 0 ? size : size.substring(0, size.length() - 1);
    double bytes = Double.parseDouble(number) * Math.pow(1024, unit + 1);
    if (!(bytes >= 1 && bytes < Long.MAX_VALUE)) {
      throw new NumberFormatException(text);
    }
    return (long) bytes;
  }
}
