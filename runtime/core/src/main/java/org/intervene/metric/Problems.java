package org.intervene.metric;

import java.util.Collection;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;

/** Errors that expressions share. */
final class Problems {
  private Problems() {}

  static DiagnosticException error(String id, Span span, String message, String... help) {
    return DiagnosticException.spec(Diagnostic.error(id, span, message, help));
  }

  static DiagnosticException notNumber(Span span, String what, String help) {
    return error("metric.not-number", span, what + " is not a number", help);
  }

  static DiagnosticException unknownAxis(Span span, String name, LabelledArray x) {
    return error(
        "metric.unknown-axis",
        span,
        "there is no axis `%s` here".formatted(name),
        x.isScalar()
            ? "this is a single number: leave the axes away"
            : known(name, x.axes().stream().map(ArrayAxis::name).toList()));
  }

  static DiagnosticException arity(Span span, String form) {
    return error("metric.arity", span, "this is called as `" + form + "`", "write `" + form + "`");
  }

  static DiagnosticException unknown(
      String id, String what, Span span, String name, Collection<String> known) {
    return error(id, span, "there is no %s called `%s`".formatted(what, name), known(name, known));
  }

  private static String known(String name, Collection<String> known) {
    return Suggestions.didYouMean(name, known)
        .orElse(
            known.isEmpty()
                ? "none is declared in this spec"
                : "known here: `" + String.join("`, `", known) + "`");
  }
}
