package org.intervene.engine.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Diagnostic.Severity;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Suggestions;

/** What is said about the source of a model, at the place where it is written. */
record Complaint(String source, Place place) {
  private static final String FORMS =
      "a model is `builtin:NAME`, a directory, or `hf:ORG/NAME@REVISION`";

  DiagnosticException unknownScheme(String scheme) {
    Optional<String> near = Suggestions.didYouMean(scheme, List.of("builtin", "hf"));
    return spec("model.unknown-scheme", "nothing is known about `" + scheme + ":`", near, FORMS);
  }

  DiagnosticException unknownBuiltin(String name, List<String> names) {
    String known =
        names.isEmpty()
            ? "no model is built into this program"
            : "built in are " + String.join(", ", names);
    return spec(
        "model.unknown-builtin",
        "no built-in model is called `" + name + "`",
        Suggestions.didYouMean(name, names),
        known);
  }

  DiagnosticException malformed(String why) {
    return spec(
        "model.malformed-source",
        "`" + source + "` names no model: " + why,
        Optional.empty(),
        FORMS);
  }

  /** The spec has to be changed. */
  private DiagnosticException spec(
      String id, String message, Optional<String> near, String... help) {
    return DiagnosticException.spec(diagnostic(id, message, near, help));
  }

  /** Something has to be fetched or put right outside the spec. */
  DiagnosticException resource(String id, String message, Optional<String> near, String... help) {
    return DiagnosticException.resource(diagnostic(id, message, near, help));
  }

  private Diagnostic diagnostic(String id, String message, Optional<String> near, String... help) {
    List<String> all = new ArrayList<>();
    near.ifPresent(all::add);
    all.addAll(Arrays.asList(help));
    return new Diagnostic(id, Severity.ERROR, message, place, all);
  }
}
