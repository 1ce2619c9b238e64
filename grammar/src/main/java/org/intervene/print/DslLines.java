package org.intervene.print;

import org.intervene.ast.Comments;

/** Collects the lines of a spec in the DSL, each with the comments that belong to it. */
final class DslLines {
  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();
  private final Comments comments;
  private int indent;
  private boolean blank;

  DslLines(Comments comments) {
    this.comments = comments;
  }

  /** Asks for a blank line before the next one, if any comes. */
  void blank() {
    blank = true;
  }

  boolean hasComments(Object node) {
    return !comments.leading(node).isEmpty() || trails(node);
  }

  boolean trails(Object node) {
    return comments.trailing(node).isPresent();
  }

  boolean closes(Object node) {
    return !comments.closing(node).isEmpty();
  }

  void clause(Object node, Doc doc) {
    lead(node);
    line(doc, "", node);
  }

  /** Starts a block. */
  void open(Object node, Doc head) {
    lead(node);
    line(head, " {", node);
    indent += STEP;
  }

  void close(Object node) {
    closing(node);
    indent -= STEP;
    start();
    out.append("}\n");
  }

  /** Lines below a clause that has no braces. */
  void indented(Object node, Runnable print) {
    indent += STEP;
    print.run();
    closing(node);
    indent -= STEP;
  }

  void closing(Object node) {
    comments.closing(node).forEach(this::comment);
  }

  private void lead(Object node) {
    comments.leading(node).forEach(this::comment);
  }

  private void comment(String text) {
    start();
    out.append(text).append('\n');
  }

  private void line(Doc doc, String end, Object node) {
    start();
    out.append(Doc.of(doc, end).render(Printer.WIDTH, indent, indent));
    comments.trailing(node).ifPresent(text -> out.append(' ').append(text));
    out.append('\n');
  }

  private void start() {
    if (blank && !out.isEmpty()) {
      out.append('\n');
    }
    blank = false;
    out.append(" ".repeat(indent));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
