package org.intervene.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;

/** Says what a command found: text for people, or JSON lines for programs. */
final class Reporter {
  private final Terminal terminal;
  private final OutputOptions options;

  Reporter(Terminal terminal, OutputOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  boolean isJson() {
    return options.json;
  }

  Screen screen() {
    return terminal.screen(options.color);
  }

  /** A line of a command's answer; not with {@code --quiet} or {@code --json}. */
  void say(String line) {
    if (!options.quiet && !options.json) {
      terminal.out().println(line);
    }
  }

  /** A remark about the work itself, on standard error. */
  void remark(String line) {
    if (!options.quiet && !options.json) {
      terminal.err().println(line);
    }
  }

  /** An answer that is itself what was asked for, such as a formatted spec. */
  void print(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }

  /** One JSON object on a line, with {@code --json} alone. */
  void event(String name, ObjectNode content) {
    if (options.json) {
      ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", name);
      line.setAll(content);
      terminal.out().println(line);
    }
  }

  /**
   * Errors and notes, on standard error.
   *
   * @param source the spec that they are about, if it could be read
   */
  void diagnostics(List<Diagnostic> diagnostics, Optional<SourceText> source) {
    for (Diagnostic diagnostic : diagnostics) {
      if (options.json) {
        event("diagnostic", json(diagnostic, source));
      } else if (diagnostic.isError() || !options.quiet) {
        DiagnosticText.lines(diagnostic, source, terminal.errorScreen(options.color))
            .forEach(terminal.err()::println);
      }
    }
  }

  private static ObjectNode json(Diagnostic diagnostic, Optional<SourceText> source) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("severity", diagnostic.isError() ? "error" : "note");
    node.put("id", diagnostic.id());
    node.put("message", diagnostic.message());
    String file = diagnostic.place().file();
    node.put("file", file.isEmpty() ? source.map(SourceText::name).orElse("") : file);
    node.put("line", diagnostic.place().span().line());
    node.put("column", diagnostic.place().span().column());
    node.put("end_line", diagnostic.place().span().endLine());
    node.put("end_column", diagnostic.place().span().endColumn());
    ArrayNode help = node.putArray("help");
    diagnostic.help().forEach(help::add);
    return node;
  }

  /** A bar on standard error if that is a terminal and somebody wants to see it. */
  Optional<ProgressBar> progress() {
    return terminal.errIsTerminal() && !options.quiet && !options.json
        ? Optional.of(new ProgressBar(terminal.err(), System::nanoTime))
        : Optional.empty();
  }
}
