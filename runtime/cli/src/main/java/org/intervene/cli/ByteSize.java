package org.intervene.cli;

import java.util.Locale;

/** Sizes of memory as people write them. */
final class ByteSize {
  private static final String UNITS = "KMGT";
  private static final String[] DECIMAL_UNITS = {"bytes", "kB", "MB", "GB", "TB"};

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

  /** As hubs and disks count: {@code 513 kB}, {@code 8.1 MB}, {@code 1.46 GB}; k is 1000. */
  static String shown(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < DECIMAL_UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    int digits = unit == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f %s", size, DECIMAL_UNITS[unit]);
  }
}
