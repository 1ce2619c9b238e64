package org.intervene.print;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.intervene.ast.Comments;
import org.intervene.print.YamlNode.Code;
import org.intervene.print.YamlNode.Entry;
import org.intervene.print.YamlNode.Item;
import org.intervene.print.YamlNode.Listing;
import org.intervene.print.YamlNode.Mapping;

/** Lays a YAML document out: short collections on one line, everything else one item a line. */
final class YamlEmitter {
  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();
  private final Comments comments;

  YamlEmitter(Comments comments) {
    this.comments = comments;
  }

  /**
   * The document.
   *
   * @param whole the syntax node that owns the comments at the end
   */
  String print(Mapping document, Object whole) {
    entries(document.entries(), 0, false);
    comments.closing(whole).forEach(text -> out.append(text).append('\n'));
    return out.toString();
  }

  /**
   * The entries of a block mapping.
   *
   * @param inItem whether the first entry stands behind the dash of a list's item
   */
  private void entries(List<Entry> entries, int indent, boolean inItem) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      lead(entry.anchor(), indent);
      if (i > 0 || !inItem) {
        out.append(" ".repeat(indent));
      }
      out.append(entry.key()).append(':');
      value(entry.value(), entry.anchor(), indent, indent + entry.key().length() + 2);
    }
  }

  private void lead(Object anchor, int indent) {
    if (anchor != null) {
      comments.leading(anchor).forEach(text -> comment(text, indent));
    }
  }

  private void comment(String text, int indent) {
    out.append(" ".repeat(indent)).append(text).append('\n');
  }

  private void endLine(Object anchor) {
    if (anchor != null) {
      comments.trailing(anchor).ifPresent(text -> out.append(' ').append(text));
    }
    out.append('\n');
  }

  /** A value behind its key or dash, with the end of the line. */
  private void value(YamlNode node, Object anchor, int indent, int column) {
    Optional<String> line = oneLine(node, indent + STEP, column);
    if (line.isPresent()) {
      out.append(' ').append(line.get());
      endLine(anchor);
    } else if (node instanceof Code code) {
      out.append(" |-");
      endLine(anchor);
      int inner = indent + STEP;
      out.append(" ".repeat(inner)).append(code.doc().render(Printer.WIDTH, inner, inner));
      out.append('\n');
    } else if (node instanceof Listing listing && isNumbers(listing)) {
      out.append(' ').append(filled(listing, indent + STEP, column));
      endLine(anchor);
    } else {
      endLine(anchor);
      block(node, indent + STEP);
    }
    if (anchor != null) {
      comments.closing(anchor).forEach(text -> comment(text, indent + STEP));
    }
  }

  private void block(YamlNode node, int indent) {
    if (node instanceof Mapping mapping) {
      entries(mapping.entries(), indent, false);
      return;
    }
    for (Item item : ((Listing) node).items()) {
      lead(item.anchor(), indent);
      out.append(" ".repeat(indent)).append('-');
      boolean nested =
          item.value() instanceof Mapping
              && oneLine(item.value(), indent + STEP, indent + STEP).isEmpty();
      if (nested) {
        out.append(' ');
        row((Mapping) item.value(), item.anchor(), indent + STEP);
      } else {
        value(item.value(), item.anchor(), indent, indent + STEP);
      }
    }
  }

  /** A mapping behind a dash that is too long for a line; its comment is behind its first entry. */
  private void row(Mapping mapping, Object anchor, int indent) {
    Entry first = mapping.entries().get(0);
    entries(List.of(first), indent, true);
    int end = out.length() - 1;
    if (anchor != null) {
      comments.trailing(anchor).ifPresent(text -> out.insert(end, " " + text));
    }
    List<Entry> rest = mapping.entries().subList(1, mapping.entries().size());
    entries(rest, indent, false);
  }

  /**
   * The node on one line, if it can stand so and fits.
   *
   * @param inner where it would be indented on lines of its own
   * @param column where it begins on this line
   */
  private Optional<String> oneLine(YamlNode node, int inner, int column) {
    if (node instanceof YamlNode.Text text) {
      return Optional.of(YamlScalars.text(text.text(), false));
    } else if (node instanceof YamlNode.Number number) {
      return Optional.of(number.digits());
    } else if (node instanceof Code code) {
      String line = YamlScalars.code(code.doc().flat(), false);
      String block = code.doc().render(Printer.WIDTH, inner, inner);
      boolean fits = column + line.length() <= Printer.WIDTH;
      boolean helps = block.indexOf('\n') >= 0 || inner + block.length() <= Printer.WIDTH;
      return fits || !helps ? Optional.of(line) : Optional.empty();
    }
    boolean flow =
        node instanceof Mapping mapping ? mapping.flow() : ((Listing) node).flow() && isPlain(node);
    return Optional.of(node)
        .filter(n -> flow)
        .map(YamlEmitter::flow)
        .filter(line -> column + line.length() <= Printer.WIDTH);
  }

  /** Whether no code in a list needs quotes between brackets. */
  private static boolean isPlain(YamlNode list) {
    return ((Listing) list)
        .items().stream()
            .allMatch(
                item ->
                    !(item.value() instanceof Code code)
                        || YamlScalars.isPlainCode(code.doc().flat(), true));
  }

  private static String flow(YamlNode node) {
    if (node instanceof YamlNode.Text text) {
      return YamlScalars.text(text.text(), true);
    } else if (node instanceof YamlNode.Number number) {
      return number.digits();
    } else if (node instanceof Code code) {
      return YamlScalars.code(code.doc().flat(), true);
    } else if (node instanceof Listing listing) {
      return listing.items().stream()
          .map(item -> flow(item.value()))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return ((Mapping) node)
        .entries().stream()
            .map(entry -> entry.key() + ": " + flow(entry.value()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static boolean isNumbers(Listing listing) {
    return listing.items().stream().allMatch(item -> item.value() instanceof YamlNode.Number);
  }

  /** A long list of numbers: as many a line as fit. */
  private static String filled(Listing listing, int indent, int column) {
    List<Doc> numbers =
        listing.items().stream()
            .map(item -> Doc.text(((YamlNode.Number) item.value()).digits()))
            .toList();
    return Doc.of("[", Doc.fill(",", numbers), "]").render(Printer.WIDTH, column, indent);
  }
}
