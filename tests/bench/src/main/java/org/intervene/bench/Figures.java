package org.intervene.bench;

import java.util.Locale;

/** Numbers as the page shows them. */
final class Figures {
  private Figures() {}

  static String time(double seconds) {
    if (seconds < 0.0995) {
      return format("%.1f ms", 1e3 * seconds);
    }
    return seconds < 0.9995 ? format("%.0f ms", 1e3 * seconds) : format("%.2f s", seconds);
  }

  /** Bytes as mebibytes; a dash for what was not counted. */
  static String memory(long bytes) {
    return bytes == 0 ? "–" : format("%d MiB", (bytes + (1 << 19)) >> 20);
  }

  static String ratio(double times) {
    return times < 9.95 ? format("%.1f×", times) : format("%.0f×", times);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
