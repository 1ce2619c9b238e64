package org.intervene.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.Expr;
import org.intervene.ast.Spec;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.check.References;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** The files that belong to a spec: itself, its data, its vectors, its lock and golden result. */
final class SpecFiles {
  private final Path spec;
  private final SortedSet<String> names = new TreeSet<>();
  private final BundleNames taken = new BundleNames();
  private final List<Diagnostic> problems = new ArrayList<>();

  private SpecFiles(Path spec) {
    this.spec = spec;
  }

  /**
   * Their names, relative to the spec's folder, with {@code /} between folders.
   *
   * @throws DiagnosticException for each that lies outside of that folder
   */
  static SortedSet<String> of(Path file, Spec spec) {
    SpecFiles files = new SpecFiles(file);
    String name = file.getFileName().toString();
    files.own(name);
    String stem = name.substring(0, name.lastIndexOf('.'));
    for (String beside : List.of(stem + ".lock.json", stem + ".golden.json")) {
      if (Files.isRegularFile(file.resolveSibling(beside))) {
        files.own(beside);
      }
    }
    for (DataClause data : spec.data()) {
      if (data.source() instanceof DataSource.FileRows rows) {
        files.add(rows.path(), rows.path().text());
      }
    }
    for (ValueClause value : spec.values()) {
      References.walk(value.value(), files::tensor);
    }
    if (!files.problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.SPEC, files.problems);
    }
    return files.names;
  }

  private void tensor(Expr expr) {
    if (expr instanceof Expr.FileTensor tensor) {
      String text = tensor.path().text();
      add(tensor.path(), text.substring(0, Math.max(text.lastIndexOf('#'), 0)));
    }
  }

  private void own(String name) {
    names.add(name);
    taken
        .objection(name)
        .ifPresent(
            why ->
                problems.add(
                    Diagnostic.inFile(
                        "bundle.name",
                        spec.toString(),
                        "`" + name + "` cannot be the name of a file in a bundle: " + why,
                        "rename the spec, with what lies beside it")));
  }

  /** A leading {@code ./} means nothing. */
  private void add(Word place, String written) {
    String name = written.replaceFirst("^(\\./+)+", "");
    if (names.contains(name)) {
      return;
    }
    names.add(name);
    if (isOutside(name)) {
      problems.add(
          Diagnostic.error(
                  "bundle.outside",
                  place.span(),
                  "`" + written + "` is not below the spec's folder, so a bundle cannot hold it",
                  "put the file beside the spec and write a relative path with `/`")
              .in(spec.toString()));
      return;
    }
    taken
        .objection(name)
        .ifPresent(
            why ->
                problems.add(
                    Diagnostic.error(
                            "bundle.name",
                            place.span(),
                            "`" + written + "` cannot be the name of a file in a bundle: " + why,
                            "rename the file")
                        .in(spec.toString())));
  }

  private static boolean isOutside(String name) {
    return Path.of(name).isAbsolute() || Arrays.asList(name.split("/", -1)).contains("..");
  }
}
