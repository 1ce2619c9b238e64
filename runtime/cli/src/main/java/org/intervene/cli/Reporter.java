package org.intervene.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.JsonLines;
import org.intervene.diagnostic.Renderer;
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

  /** One JSON object, given as a text, on a line with its event; with {@code --json} alone. */
  private void event(String name, String object) {
    terminal.out().println("{\"event\":\"" + name + "\"," + object.substring(1));
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
   * Errors and notes: on standard error for people, with the other lines for programs.
   *
   * @param source the spec that they are about, if it could be read
   */
  void diagnostics(List<Diagnostic> diagnostics, Optional<SourceText> source) {
    boolean colour = terminal.errorScreen(options.color).hasColours();
    Renderer renderer = new Renderer(file -> source.filter(s -> s.name().equals(file)), colour);
    for (Diagnostic found : diagnostics) {
      boolean placed = source.isEmpty() || !found.place().file().isEmpty();
      Diagnostic diagnostic = placed ? found : found.in(source.get().name());
      if (options.json) {
        event("diagnostic", JsonLines.of(diagnostic));
      } else if (diagnostic.isError() || !options.quiet) {
        terminal.err().println(renderer.render(diagnostic));
        terminal.err().println();
      }
    }
  }

  /** A bar on standard error if that is a terminal and somebody wants to see it. */
  Optional<ProgressBar> progress(ProgressBar.Units units) {
    return terminal.errIsTerminal() && !options.quiet && !options.json
        ? Optional.of(new ProgressBar(terminal.err(), units, System::nanoTime))
        : Optional.empty();
  }
}
