package org.intervene.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;

/** Diagnostics as people read them. */
final class DiagnosticText {
  private DiagnosticText() {}

  static List<String> lines(Diagnostic diagnostic, Optional<SourceText> source, Screen screen) {
    List<String> lines = new ArrayList<>();
    String head = (diagnostic.isError() ? "error" : "note") + "[" + diagnostic.id() + "]";
    lines.add(
        (diagnostic.isError() ? screen.bad(head) : screen.bold(head)) + " " + diagnostic.message());
    String file = diagnostic.place().file();
    lines.add(
        "  --> "
            + (file.isEmpty() ? source.map(SourceText::name).orElse("") : file)
            + ":"
            + diagnostic.place().span());
    diagnostic.help().forEach(help -> lines.add("help: " + help));
    return lines;
  }
}
