package org.intervene.pyvene;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Diagnostic.Severity;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.DiagnosticException.Kind;

/** Everything that stands between a saved directory and a spec, gathered before any of it stops. */
final class Problems {
  private final List<Diagnostic> found = new ArrayList<>();
  private Kind kind = Kind.SPEC;

  /** Something that pyvene does and the language does not say. */
  void noEquivalent(Json at, String message, String help) {
    found.add(at("pyvene.no-equivalent", at, message, help));
  }

  /** A call whose arguments do not go with the saved directory. */
  void wrongCall(Json at, String message, String help) {
    found.add(at("pyvene.call", at, message, help));
  }

  /** The directory was saved for another model. */
  void otherModel(Json at, String message, String help) {
    found.add(at("pyvene.other-model", at, message, help));
  }

  /** A file is not what pyvene writes. */
  void malformed(Json at, String message) {
    kind = Kind.RESOURCE;
    String help = "pyvene's `IntervenableModel.save` writes this file";
    found.add(at("pyvene.malformed", at, message, help));
  }

  /** A file is missing or broken as a whole. */
  void broken(String id, Path file, String message, String help) {
    kind = Kind.RESOURCE;
    found.add(Diagnostic.inFile(id, file.toString(), message, help));
  }

  /** What a reader of files found. */
  void broken(List<Diagnostic> problems) {
    if (!problems.isEmpty()) {
      kind = Kind.RESOURCE;
      found.addAll(problems);
    }
  }

  private static Diagnostic at(String id, Json at, String message, String help) {
    String place = at.path().isEmpty() ? "" : "`" + at.path() + "`: ";
    return new Diagnostic(
        id, Severity.ERROR, place + message, new Place(at.file(), at.span()), List.of(help));
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** Stops if anything was found, with all of it. */
  void stopIfAny() {
    if (any()) {
      throw new DiagnosticException(kind, found);
    }
  }
}
