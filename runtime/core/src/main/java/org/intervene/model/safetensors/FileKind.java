package org.intervene.model.safetensors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intervene.diagnostic.Diagnostic;

/** What a name in a model's directory stands for. Opening a pipe would wait for ever. */
public final class FileKind {
  private FileKind() {}

  /**
   * Whether a name that is there stands for a regular file.
   *
   * @param problems receives why not
   */
  public static boolean requireFile(Path file, List<Diagnostic> problems) {
    if (Files.isRegularFile(file)) {
      return true;
    }
    problems.add(
        Diagnostic.inFile(
            "model.not-a-file",
            file.toString(),
            "this is " + kind(file) + " where a file belongs",
            "put the file itself there; a hub model is completed by `intervene pull`"));
    return false;
  }

  private static String kind(Path file) {
    if (Files.isDirectory(file)) {
      return "a directory";
    }
    boolean lost = Files.isSymbolicLink(file) && !Files.exists(file);
    return lost ? "a link that leads to no file" : "no regular file";
  }
}
