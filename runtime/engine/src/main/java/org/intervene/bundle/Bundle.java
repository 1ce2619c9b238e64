package org.intervene.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.digest.SpecDigest;
import org.intervene.result.Json;
import org.intervene.result.Provenance;
import org.intervene.result.Result;
import org.intervene.result.ResultDirectory;

/**
 * A file that holds an experiment: {@code spec/} with all it reads, {@code result/} as {@code run
 * -o} writes it, RO-Crate metadata, a citation, and {@code manifest-sha256.txt}. Weights stay where
 * they are; the metadata names them and their digests.
 */
public final class Bundle {
  /** The folder of the spec and what it reads. */
  static final String SPEC = "spec";

  /** The folder of the result. */
  static final String RESULT = "result";

  private Bundle() {}

  /**
   * Finds what would keep a bundle from being made, before the spec is run.
   *
   * @param file the spec's
   * @throws DiagnosticException if a file has a name that a bundle does not take, or the target's
   *     folder is not there
   */
  public static void require(Path file, Spec spec, Path target) {
    SpecFiles.of(file, spec);
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
      boolean taken = Files.isDirectory(target);
      throw failed(
          target, new IOException(taken ? "it is a directory" : "there is no folder " + folder));
    }
  }

  /**
   * Makes a bundle. The same spec, result and date give the same bytes.
   *
   * @param file the spec's
   * @param date of publication
   * @throws DiagnosticException if a file lies outside of the spec's folder, or the bundle cannot
   *     be written
   */
  public static void make(Path file, Result result, LocalDate date, Path target) {
    try (Staging results = new Staging()) {
      ResultDirectory.writeContent(results.folder(), result);
      make(file, result.spec(), results.folder(), result.provenance(), date, target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /**
   * Makes a bundle of files.
   *
   * @param result the folder of the result's
   */
  static void make(
      Path file, Spec spec, Path result, Provenance provenance, LocalDate date, Path target) {
    try (Staging staging = new Staging()) {
      Path root = staging.folder();
      for (String name : SpecFiles.of(file, spec)) {
        copy(file.resolveSibling(name), root.resolve(SPEC).resolve(name));
      }
      for (String name : Manifest.files(result)) {
        copy(result.resolve(name), root.resolve(RESULT).resolve(name));
      }
      Citation citation = new Citation(spec, SpecDigest.of(spec), date.toString());
      if (citation.isPossible()) {
        text(root.resolve("CITATION.cff"), citation.cff());
      }
      text(root.resolve("citation.bib"), citation.bibtex());
      String specPath = SPEC + "/" + file.getFileName();
      text(
          root.resolve(Crate.NAME),
          Json.text(Crate.of(root, spec, provenance, specPath, date.toString())));
      Manifest.of(root).write(root);
      BundleWriter.write(root, target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static DiagnosticException failed(Path target, IOException e) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "bundle.write-failed",
            target.toString(),
            "the bundle cannot be written: " + e.getMessage(),
            "free the space or the permission it needs, or choose another file with `-o`"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
