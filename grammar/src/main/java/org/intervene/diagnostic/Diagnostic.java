package org.intervene.diagnostic;

import java.util.List;

/**
 * One problem: a stable dotted id, the place, what is wrong, and how to cure it.
 *
 * @param id stable name such as {@code site.unknown}, listed with cause and cure in {@code
 *     docs/errors.md}
 * @param severity an error stops the pipeline after its stage; a note never does
 * @param message what is wrong, one sentence without a full stop
 * @param place where: a file name, and a span in it ({@link Span#NONE} for a whole file)
 * @param help cures and suggestions, each one sentence; may be empty only if the message says the
 *     cure
 */
public record Diagnostic(
    String id, Severity severity, String message, Place place, List<String> help)
    implements Comparable<Diagnostic> {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    NOTE
  }

  /**
   * A place in a file.
   *
   * @param file the path as the user gave it, or a name such as {@code <inline>}
   */
  public record Place(String file, Span span) {}

  public Diagnostic {
    help = List.copyOf(help);
  }

  /** An error in the spec itself; the reader of the spec fills in its file name. */
  public static Diagnostic error(String id, Span span, String message, String... help) {
    return new Diagnostic(id, Severity.ERROR, message, new Place("", span), List.of(help));
  }

  /** A remark about the spec that does not stop it. */
  public static Diagnostic note(String id, Span span, String message, String... help) {
    return new Diagnostic(id, Severity.NOTE, message, new Place("", span), List.of(help));
  }

  /** An error about a file as a whole, such as a model's weights. */
  public static Diagnostic inFile(String id, String file, String message, String... help) {
    return new Diagnostic(id, Severity.ERROR, message, new Place(file, Span.NONE), List.of(help));
  }

  /** The same diagnostic, in a file. */
  public Diagnostic in(String file) {
    return new Diagnostic(id, severity, message, new Place(file, place.span()), help);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public int compareTo(Diagnostic other) {
    int byLine = Integer.compare(place.span().line(), other.place.span().line());
    if (byLine != 0) {
      return byLine;
    }
    int byColumn = Integer.compare(place.span().column(), other.place.span().column());
    return byColumn != 0 ? byColumn : id.compareTo(other.id);
  }
}
