package org.intervene.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.intervene.ast.DataSource;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;

/**
 * The text of a file of rows.
 *
 * @param name its path from where the program was started
 */
record DataFile(String name, String text) {
  private static final long MOST_BYTES = 1 << 27;
  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  /** Reads a file; empty, with an error, if it cannot be had or is not the one that is wanted. */
  static Optional<DataFile> read(DataSource.FileRows source, Path folder, Complaints complaints) {
    Word wanted = source.path();
    Path path;
    try {
      path = folder.resolve(wanted.text()).normalize();
    } catch (InvalidPathException e) {
      complaints.error(
          "data.file-missing",
          wanted.span(),
          Quoted.of(wanted.text()) + " cannot be a path: " + e.getReason(),
          "write the path of a file");
      return Optional.empty();
    }
    return bytes(wanted, path, complaints)
        .filter(bytes -> isPinned(source, bytes, complaints))
        .flatMap(bytes -> decoded(path.toString(), bytes, complaints));
  }

  private static Optional<byte[]> bytes(Word wanted, Path path, Complaints complaints) {
    if (!Files.exists(path)) {
      complaints.error(
          "data.file-missing",
          wanted.span(),
          "there is no file `%s`".formatted(path),
          "a relative path starts at the folder of the spec");
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      complaints.error(
          "data.file-unreadable",
          wanted.span(),
          "`%s` is %s".formatted(path, Files.isDirectory(path) ? "a directory" : "not a file"),
          "name a file of rows");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes((int) MOST_BYTES + 1);
      if (bytes.length <= MOST_BYTES) {
        return Optional.of(bytes);
      }
      complaints.error(
          "data.file-too-large",
          wanted.span(),
          "`%s` has %,d bytes and data is kept in memory".formatted(path, Files.size(path)),
          "use a file of at most %,d bytes".formatted(MOST_BYTES));
    } catch (IOException e) {
      complaints.error(
          "data.file-unreadable",
          wanted.span(),
          "`%s` cannot be read: %s".formatted(path, reason(e)),
          "check its permissions");
    }
    return Optional.empty();
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  private static boolean isPinned(DataSource.FileRows source, byte[] bytes, Complaints complaints) {
    if (source.digest().isEmpty()) {
      return true;
    }
    Word pinned = source.digest().get();
    String actual = DataDigest.of(bytes);
    String wanted = pinned.text().toLowerCase(Locale.ROOT);
    if (!wanted.matches(DIGEST)) {
      complaints.error(
          "data.digest-format",
          pinned.span(),
          Quoted.of(pinned.text()) + " is not a digest",
          "the file's digest is \"%s\"".formatted(actual));
    } else if (!wanted.equals(actual)) {
      complaints.error(
          "data.digest",
          pinned.span(),
          "the file is not the one that this digest pins",
          "its digest is \"%s\": get the pinned file, or write this one if the change is meant"
              .formatted(actual));
    }
    return wanted.equals(actual);
  }

  private static Optional<DataFile> decoded(String name, byte[] bytes, Complaints complaints) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        SourceText.decode(name, bytes);
      } catch (DiagnosticException e) {
        e.diagnostics().forEach(complaints::add);
        return Optional.empty();
      }
    }
    DataFile file = new DataFile(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    int nul = file.text.indexOf('\0');
    if (nul >= 0) {
      int line = 1 + (int) file.text.substring(0, nul).chars().filter(c -> c == '\n').count();
      int column = file.text.codePointCount(file.text.lastIndexOf('\n', nul) + 1, nul) + 1;
      complaints.error(
          "data.text",
          file.place(line, column),
          "there is a NUL byte here",
          "save the rows as UTF-8 text");
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** A place in the file, both numbers counted from 1. */
  Place place(int line, int column) {
    return new Place(name, new Span(line, column, line, column));
  }
}
