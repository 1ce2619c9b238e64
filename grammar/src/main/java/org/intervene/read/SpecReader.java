package org.intervene.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.intervene.ast.Comments;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;

/** Reads an experiment from a file or a text, in the notation that the file's name tells. */
public final class SpecReader {
  /** Larger inputs belong into a data file beside the spec. */
  static final int LARGEST = 2 * 1024 * 1024;

  private SpecReader() {}

  /** Reads a file; every problem, also with the file itself, is a diagnostic. */
  public static Reading read(Path file) {
    String name = file.toString();
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
        return failed(name, tooLarge(Files.size(file)).in(name));
      }
      return read(name, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      return failed(name, Diagnostic.inFile(Ids.UNREADABLE, name, Unreadable.message(file)));
    }
  }

  private static Reading read(String name, byte[] bytes) {
    try {
      return read(SourceText.decode(name, bytes));
    } catch (DiagnosticException notText) {
      SourceText shown = SourceText.of(name, new String(bytes, StandardCharsets.UTF_8));
      return new Reading(shown, Optional.empty(), notText.diagnostics(), Comments.none());
    }
  }

  /** Reads a text whose name ends in {@code .ivn}, {@code .yaml} or {@code .yml}. */
  public static Reading read(SourceText source) {
    Optional<Notation> notation = Notation.of(source.name());
    if (notation.isEmpty()) {
      return failed(
          source.name(),
          Diagnostic.inFile(
              Ids.EXTENSION,
              source.name(),
              "the notation of this file is unknown",
              "name it `.ivn` or `.yaml`"));
    }
    return read(source, notation.get());
  }

  /** Reads a text in a notation. */
  public static Reading read(SourceText source, Notation notation) {
    if (source.text().length() > LARGEST) {
      return failed(source.name(), tooLarge(source.text().length()).in(source.name()));
    }
    return notation == Notation.IVN ? DslReader.read(source) : YamlReader.read(source);
  }

  private static Diagnostic tooLarge(long bytes) {
    return Diagnostic.inFile(
        Ids.TOO_LARGE,
        "",
        String.format(
            Locale.ROOT,
            "this spec has %.1f MiB, more than the 2 MiB that a spec may have",
            bytes / 1048576.0),
        "put the rows into a JSONL file and read it with `data NAME file \"rows.jsonl\"`");
  }

  private static Reading failed(String name, Diagnostic diagnostic) {
    return new Reading(
        SourceText.of(name, ""), Optional.empty(), List.of(diagnostic), Comments.none());
  }
}
