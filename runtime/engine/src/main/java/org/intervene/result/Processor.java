package org.intervene.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What computes: matrix products of another processor may round otherwise. */
public final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** The model's name where the system tells it, and else the architecture. */
  public static String name() {
    try {
      for (String line : Files.readAllLines(INFO)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException e) {
      return architecture(); // another system
    }
    return architecture();
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
