package org.intervene.cli;

import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubName;

/** A model of the hub, named on the command line. */
final class HubArgument {
  private static final String SCHEME = "hf:";

  private HubArgument() {}

  /**
   * Reads {@code hf:ORG/NAME@REVISION}.
   *
   * @throws DiagnosticException {@code model.malformed-source} if it is something else
   */
  static HubName parse(String written) {
    Optional<HubName> name =
        written.startsWith(SCHEME)
            ? HubName.parse(written.substring(SCHEME.length()))
            : Optional.empty();
    return name.orElseThrow(
        () ->
            DiagnosticException.spec(
                Diagnostic.inFile(
                    "model.malformed-source",
                    written,
                    "this names no model of the hub",
                    cure(written))));
  }

  private static String cure(String written) {
    if (written.startsWith("builtin:")) {
      return "a built-in model needs no download: use it as it is";
    }
    boolean lacksScheme = written.contains("/") && HubName.parse(written).isPresent();
    return lacksScheme
        ? "did you mean `" + SCHEME + written + "`?"
        : "write `hf:ORG/NAME@REVISION`, such as `hf:HuggingFaceTB/SmolLM2-135M@main`";
  }
}
