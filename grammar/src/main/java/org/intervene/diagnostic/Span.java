package org.intervene.diagnostic;

/**
 * A stretch of source text: from a first line and column to an end column, all counted from 1; the
 * end column is the first one that no longer belongs to it.
 *
 * <p>A position never distinguishes two syntax trees, so all spans are equal to each other: a spec
 * read from YAML and the same spec read from the DSL are {@code equals}, although every node stands
 * elsewhere.
 */
public final class Span {
  /** The position of something that was not read from a file. */
  public static final Span NONE = new Span(0, 0, 0, 0);

  private final int line;
  private final int column;
  private final int endLine;
  private final int endColumn;

  public Span(int line, int column, int endLine, int endColumn) {
    this.line = line;
    this.column = column;
    this.endLine = endLine;
    this.endColumn = endColumn;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  public int endLine() {
    return endLine;
  }

  public int endColumn() {
    return endColumn;
  }

  /** From the start of this span to the end of another. */
  public Span to(Span last) {
    return new Span(line, column, last.endLine, last.endColumn);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
