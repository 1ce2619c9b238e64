package org.intervene.diagnostic;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.intervene.diagnostic.Diagnostic.Severity;

/**
 * Shows a diagnostic to a person: what is wrong, the line with a caret under it, and the cure.
 *
 * <pre>
 * error[site.unknown] this model has no site `bloks.11.resid_pre`
 *   --> specs/ioi/patch.yaml:14:15
 *    |
 * 14 |       - patch bloks.11.resid_pre @ last from clean
 *    |               ^^^^^^^^^^^^^^^^^^
 * help: did you mean `resid_pre[11]`?
 * </pre>
 */
public final class Renderer {
  private static final String RED = "\u001B[1;31m";
  private static final String CYAN = "\u001B[1;36m";
  private static final String BLUE = "\u001B[1;34m";
  private static final String BOLD = "\u001B[1m";
  private static final String OFF = "\u001B[0m";

  private final Function<String, Optional<SourceText>> sources;
  private final boolean colour;

  /**
   * A renderer.
   *
   * @param sources the text of a file by its name; without it the line is not shown
   * @param colour whether to write ANSI escapes
   */
  public Renderer(Function<String, Optional<SourceText>> sources, boolean colour) {
    this.sources = sources;
    this.colour = colour;
  }

  /** A renderer without colour for the diagnostics of one file. */
  public static Renderer plain(SourceText source) {
    return new Renderer(
        file -> file.equals(source.name()) ? Optional.of(source) : Optional.empty(), false);
  }

  /** All of them, with an empty line between each and the next; no line end at the end. */
  public String render(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(this::render).collect(Collectors.joining("\n\n"));
  }

  /** One of them; no line end at the end. */
  public String render(Diagnostic diagnostic) {
    boolean error = diagnostic.severity() == Severity.ERROR;
    String kind = (error ? "error" : "note") + "[" + diagnostic.id() + "]";
    StringBuilder out = new StringBuilder();
    out.append(paint(kind, error ? RED : CYAN));
    out.append(' ').append(paint(Glyphs.visible(diagnostic.message()), BOLD));
    place(diagnostic, error ? RED : CYAN, out);
    for (String help : diagnostic.help()) {
      out.append('\n').append(paint("help:", CYAN)).append(' ').append(Glyphs.visible(help));
    }
    return out.toString();
  }

  private void place(Diagnostic diagnostic, String caretColour, StringBuilder out) {
    String file = diagnostic.place().file();
    Span span = diagnostic.place().span();
    if (span.line() == 0) {
      if (!file.isEmpty()) {
        out.append('\n').append(paint(" -->", BLUE)).append(' ').append(Glyphs.visible(file));
      }
      return;
    }
    Optional<SourceText> source =
        sources.apply(file).filter(text -> span.endLine() <= text.lines());
    int gutter = String.valueOf(span.endLine()).length();
    out.append('\n').append(paint(" ".repeat(gutter) + "-->", BLUE)).append(' ');
    out.append(Glyphs.visible(file))
        .append(':')
        .append(span.line())
        .append(':')
        .append(span.column());
    source.ifPresent(text -> excerpt(text, span, gutter, caretColour, out));
  }

  private void excerpt(
      SourceText source, Span span, int gutter, String caretColour, StringBuilder out) {
    out.append('\n').append(paint(" ".repeat(gutter) + " |", BLUE));
    boolean oneLine = span.line() == span.endLine();
    String first = source.line(span.line());
    int firstEnd = oneLine ? span.endColumn() : first.codePointCount(0, first.length()) + 1;
    line(span.line(), new Excerpt(first, span.column(), firstEnd), gutter, caretColour, out);
    if (oneLine) {
      return;
    }
    if (span.endLine() > span.line() + 1) {
      out.append('\n').append(paint("...", BLUE));
    }
    String last = source.line(span.endLine());
    int indent = last.length() - last.stripLeading().length();
    if (span.endColumn() > indent + 1) {
      Excerpt end = new Excerpt(last, indent + 1, span.endColumn());
      line(span.endLine(), end, gutter, caretColour, out);
    }
  }

  private void line(
      int number, Excerpt excerpt, int gutter, String caretColour, StringBuilder out) {
    String label = String.format("%" + gutter + "d |", number);
    out.append('\n').append(paint(label, BLUE));
    if (!excerpt.text().isEmpty()) {
      out.append(' ').append(excerpt.text());
    }
    out.append('\n').append(paint(" ".repeat(gutter) + " |", BLUE)).append(' ');
    out.append(" ".repeat(excerpt.before()))
        .append(paint("^".repeat(excerpt.carets()), caretColour));
  }

  private String paint(String text, String code) {
    return colour ? code + text + OFF : text;
  }
}
