package org.intervene.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Suggestions;

/** What can be wrong with an export. */
final class ExportProblems {
  private ExportProblems() {}

  static DiagnosticException noResult(Path file, String why) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "export.no-result",
            file.toString(),
            "this is no result: " + why,
            "`intervene run SPEC -o DIR` writes one"));
  }

  static DiagnosticException unknown(
      Path directory, String what, String name, Collection<String> known) {
    String help =
        Suggestions.didYouMean(name, known)
            .orElse(
                known.isEmpty()
                    ? "it has none"
                    : "it has " + String.join(", ", List.copyOf(known)));
    return new DiagnosticException(
        DiagnosticException.Kind.SPEC,
        List.of(
            Diagnostic.inFile(
                "export.unknown",
                directory.toString(),
                "this result has no %s `%s`".formatted(what, name),
                help)));
  }

  static DiagnosticException noFigure(Path directory) {
    return wrong(
        directory, "export.no-figure", "this result has no picture", "add a `plot` to its spec");
  }

  static DiagnosticException whichFigure(Path directory, List<String> names) {
    StringBuilder list = new StringBuilder("choose one with `--figure`:");
    for (int i = 0; i < names.size(); i++) {
      list.append(i == 0 ? " " : "; ").append(i + 1).append(" ").append(names.get(i));
    }
    return wrong(
        directory,
        "export.which-figure",
        "this result has " + names.size() + (names.size() == 1 ? " figure" : " figures"),
        list.toString());
  }

  private static DiagnosticException wrong(Path directory, String id, String what, String help) {
    return new DiagnosticException(
        DiagnosticException.Kind.SPEC,
        List.of(Diagnostic.inFile(id, directory.toString(), what, help)));
  }

  static DiagnosticException unwritable(Path file, IOException e) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "export.write-failed",
            file.toString(),
            "this cannot be written: " + e.getMessage(),
            "free the space or the permission it needs, or choose another file with `-o`"));
  }
}
