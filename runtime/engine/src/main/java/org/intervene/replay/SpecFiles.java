package org.intervene.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.read.Notation;

/** Finds the specs that files and directories stand for. */
public final class SpecFiles {
  private SpecFiles() {}

  /**
   * A file stands for itself; a directory for every {@code .ivn} and {@code .yaml} file below it
   * but those in hidden folders and in {@code target}, in the order of their names.
   *
   * @throws DiagnosticException if there is no such file, or no spec in a directory
   */
  public static List<Path> in(Collection<Path> places) {
    LinkedHashSet<Path> specs = new LinkedHashSet<>();
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        specs.add(place);
        continue;
      }
      List<Path> found = below(place);
      if (found.isEmpty()) {
        throw DiagnosticException.resource(
            Diagnostic.inFile(
                "replay.no-specs",
                place.toString(),
                "there is no spec in this directory",
                "a spec's name ends in `.ivn` or `.yaml`"));
      }
      specs.addAll(found);
    }
    return List.copyOf(specs);
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Notation.of(file.toString()).isPresent() && Files.isRegularFile(file))
          .filter(file -> isOpen(directory.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DiagnosticException.resource(
          Diagnostic.inFile(
              "replay.unreadable",
              directory.toString(),
              "this directory cannot be read: " + e.getMessage(),
              "check its permissions"));
    }
  }

  private static boolean isOpen(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || part.toString().equals("target")) {
        return false;
      }
    }
    return true;
  }
}
