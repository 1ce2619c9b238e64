package org.intervene.print;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A text that knows where it may be broken. A group is printed on one line if that fits, else all
 * of its own breaks become line ends (Wadler, "A prettier printer", 2003).
 */
sealed interface Doc {

  /** Fixed text without a line end. */
  record Text(String text) implements Doc {}

  /** A possible line end; {@code flat} is what stands there otherwise. */
  record Break(String flat) implements Doc {}

  /** One after the other. */
  record Concat(List<Doc> parts) implements Doc {}

  /** Lines that begin inside are indented by so many more spaces. */
  record Nest(int spaces, Doc inside) implements Doc {}

  /** Broken everywhere or nowhere. */
  record Group(Doc inside) implements Doc {}

  Doc LINE = new Break(" ");
  Doc SOFT = new Break("");

  static Doc text(String text) {
    return new Text(text);
  }

  /** Joins strings and documents. */
  static Doc of(Object... parts) {
    List<Doc> docs = new ArrayList<>();
    for (Object part : parts) {
      docs.add(part instanceof Doc doc ? doc : text((String) part));
    }
    return new Concat(docs);
  }

  static Doc nest(int spaces, Doc inside) {
    return new Nest(spaces, inside);
  }

  static Doc group(Object... parts) {
    return new Group(of(parts));
  }

  /** Puts a separator and a possible line end between items, all broken together. */
  static Doc join(String separator, List<Doc> items) {
    List<Doc> parts = new ArrayList<>();
    for (Doc item : items) {
      if (!parts.isEmpty()) {
        parts.add(of(separator, LINE));
      }
      parts.add(item);
    }
    return new Concat(parts);
  }

  /** Like {@link #join}, but each line takes as many items as fit. */
  static Doc fill(String separator, List<Doc> items) {
    List<Doc> parts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Doc item = i + 1 < items.size() ? of(items.get(i), separator) : items.get(i);
      parts.add(i == 0 ? item : group(LINE, item));
    }
    return new Concat(parts);
  }

  /** The text on one line. */
  default String flat() {
    return render(Integer.MAX_VALUE, 0, 0);
  }

  /**
   * The text, without a line end at its end.
   *
   * @param width columns that a line should not exceed
   * @param column where the text begins
   * @param indent where its further lines begin
   */
  default String render(int width, int column, int indent) {
    return new Layout(width, column).print(new Group(this), indent);
  }

  /** Prints from an explicit stack: depth costs no Java frames. */
  final class Layout {
    private record Pending(int indent, boolean flat, Doc doc) {}

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private int column;

    private Layout(int width, int column) {
      this.width = width;
      this.column = column;
    }

    private String print(Doc doc, int indent) {
      Deque<Pending> rest = new ArrayDeque<>();
      rest.push(new Pending(indent, false, doc));
      while (!rest.isEmpty()) {
        Pending next = rest.pop();
        if (next.doc instanceof Text text) {
          out.append(text.text);
          column += text.text.codePointCount(0, text.text.length());
        } else if (next.doc instanceof Break line && next.flat) {
          out.append(line.flat);
          column += line.flat.length();
        } else if (next.doc instanceof Break) {
          out.append('\n').append(" ".repeat(next.indent));
          column = next.indent;
        } else if (next.doc instanceof Group group) {
          boolean flat = next.flat || fits(group.inside, rest);
          rest.push(new Pending(next.indent, flat, group.inside));
        } else {
          open(next, rest);
        }
      }
      return out.toString();
    }

    private static void open(Pending next, Deque<Pending> rest) {
      if (next.doc instanceof Nest nest) {
        rest.push(new Pending(next.indent + nest.spaces, next.flat, nest.inside));
      } else if (next.doc instanceof Concat concat) {
        for (int i = concat.parts.size() - 1; i >= 0; i--) {
          rest.push(new Pending(next.indent, next.flat, concat.parts.get(i)));
        }
      }
    }

    /** Whether a flat document, and what follows it up to the next line end, stays in the width. */
    private boolean fits(Doc doc, Deque<Pending> after) {
      long left = (long) width - column;
      Deque<Pending> rest = new ArrayDeque<>();
      rest.push(new Pending(0, true, doc));
      var following = after.iterator();
      while (left >= 0) {
        if (rest.isEmpty()) {
          if (!following.hasNext()) {
            return true;
          }
          rest.push(following.next());
        }
        Pending next = rest.pop();
        if (next.doc instanceof Text text) {
          left -= text.text.codePointCount(0, text.text.length());
        } else if (next.doc instanceof Break line) {
          if (!next.flat) {
            return true;
          }
          left -= line.flat.length();
        } else if (next.doc instanceof Group group) {
          rest.push(new Pending(0, next.flat, group.inside));
        } else {
          open(next, rest);
        }
      }
      return false;
    }
  }
}
