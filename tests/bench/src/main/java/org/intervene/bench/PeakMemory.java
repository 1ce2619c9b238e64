package org.intervene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has held since a moment, as Linux counts it. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private final boolean counted;
  private final long before;

  private PeakMemory(boolean counted, long before) {
    this.counted = counted;
    this.before = before;
  }

  /** Counts from now on. */
  static PeakMemory sinceNow() {
    try {
      Files.writeString(RESET, "5\n");
      return new PeakMemory(true, bytes("VmRSS"));
    } catch (IOException e) {
      return new PeakMemory(false, 0); // another system, which counts in another way
    }
  }

  /** Most bytes at a time, with what was held before; 0 where they are not counted. */
  long bytes() {
    return counted ? bytes("VmHWM") : 0;
  }

  /** By how many bytes more were held than at the beginning. */
  long raisedBy() {
    return counted ? bytes("VmHWM") - before : 0;
  }

  private static long bytes(String field) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
