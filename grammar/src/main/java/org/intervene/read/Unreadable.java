package org.intervene.read;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says why a file cannot be read. */
final class Unreadable {
  private Unreadable() {}

  static String message(Path file) {
    if (Files.isDirectory(file)) {
      return "this is a directory, not a spec";
    } else if (!Files.exists(file)) {
      return "there is no such file";
    }
    return Files.isReadable(file) ? "this file cannot be read" : "this file may not be read by you";
  }
}
