package org.intervene.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.ast.Comments;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Unprintable;

/**
 * Decides which clause, statement or row each comment belongs to, by where it stands: behind a line
 * to what ends there, on its own line to what follows, else to the block that ends below it.
 */
final class CommentPlacing {
  /** Something that comments may belong to, with the things inside of it in written order. */
  private record Anchor(Object node, Span span, List<Anchor> inside) {}

  private final SourceText source;
  private final Anchor root;
  private final Comments comments = new Comments();

  CommentPlacing(SourceText source, Spec spec) {
    this.source = source;
    this.root = new Anchor(spec, spec.span(), clauses(spec));
  }

  Comments comments() {
    return comments;
  }

  /**
   * Places one comment; comments must come in written order.
   *
   * @param offset where its {@code #} stands
   * @param ownLine whether nothing else stands in its line
   */
  void add(int offset, boolean ownLine, String text) {
    Span at = source.span(offset, offset);
    place(root, at, ownLine, printable(text.stripTrailing()));
  }

  private void place(Anchor block, Span at, boolean ownLine, String text) {
    Anchor before = null;
    Anchor after = null;
    for (Anchor anchor : block.inside) {
      if (isBefore(at, anchor.span.line(), anchor.span.column())) {
        after = anchor;
        break;
      }
      before = anchor;
    }
    if (before != null && isBefore(at, before.span.endLine(), before.span.endColumn())) {
      place(before, at, ownLine, text);
    } else if (before != null && !ownLine && before.span.endLine() == at.line()) {
      behind(before, at, text);
    } else if (before != null && ownLine && isBlockOf(before, at)) {
      comments.close(before.node, text);
    } else if (before == null && !ownLine && block != root && isFree(block)) {
      comments.trail(block.node, text);
    } else if (after != null) {
      comments.lead(after.node, text);
    } else if (block.inside.isEmpty()) {
      comments.lead(block.node, text);
    } else {
      comments.close(block.node, text);
    }
  }

  private void behind(Anchor anchor, Span at, String text) {
    int size = anchor.inside.size();
    if (size > 0 && anchor.inside.get(size - 1).span.endLine() == at.line()) {
      behind(anchor.inside.get(size - 1), at, text);
    } else if (size > 0) {
      comments.close(anchor.node, text);
    } else if (isFree(anchor)) {
      comments.trail(anchor.node, text);
    } else {
      comments.lead(anchor.node, text);
    }
  }

  private boolean isFree(Anchor anchor) {
    return comments.trailing(anchor.node).isEmpty();
  }

  /**
   * Below a block, a comment that is indented more than the block's first line still belongs to it.
   */
  private static boolean isBlockOf(Anchor before, Span at) {
    return !before.inside.isEmpty() && at.column() > before.span.column();
  }

  private static boolean isBefore(Span at, int line, int column) {
    return at.line() < line || (at.line() == line && at.column() < column);
  }

  /** A line break for one notation may be a character for the other: comments have neither. */
  private static String printable(String text) {
    return text.codePoints()
        .map(c -> c == '\t' || (c >= 0x20 && Unprintable.fits(c)) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .stripTrailing();
  }

  private static List<Anchor> clauses(Spec spec) {
    List<Anchor> anchors = new ArrayList<>();
    anchors.add(leaf(spec.experiment(), spec.experiment().span()));
    spec.about().ifPresent(about -> anchors.add(leaf(about, about.span())));
    spec.authors().ifPresent(authors -> anchors.add(leaf(authors, authors.span())));
    spec.cites().forEach(cite -> anchors.add(leaf(cite, cite.span())));
    anchors.add(leaf(spec.model(), spec.model().span()));
    spec.values().forEach(value -> anchors.add(leaf(value, value.span())));
    spec.data().forEach(data -> anchors.add(data(data)));
    spec.runs().forEach(run -> anchors.add(run(run)));
    spec.metrics().forEach(metric -> anchors.add(leaf(metric, metric.span())));
    spec.plots().forEach(plot -> anchors.add(leaf(plot, plot.span())));
    spec.expects().forEach(expect -> anchors.add(leaf(expect, expect.span())));
    spec.golden().ifPresent(golden -> anchors.add(leaf(golden, golden.span())));
    return sorted(anchors.stream());
  }

  private static Anchor run(RunClause run) {
    return new Anchor(
        run, run.span(), sorted(run.body().stream().map(line -> leaf(line, line.span()))));
  }

  private static Anchor data(DataClause data) {
    return new Anchor(data, data.span(), sorted(lines(data.source())));
  }

  private static Stream<Anchor> lines(DataSource source) {
    if (source instanceof DataSource.Rows rows) {
      return rows.rows().stream().map(row -> leaf(row, row.span()));
    } else if (source instanceof DataSource.Pairs pairs) {
      return pairs.rows().stream().map(row -> leaf(row, row.span()));
    } else if (source instanceof DataSource.Template template) {
      return Stream.concat(
          template.slots().stream().map(slot -> leaf(slot, slot.span())),
          template.derived().stream().map(line -> leaf(line, line.span())));
    }
    return Stream.empty();
  }

  private static Anchor leaf(Object node, Span span) {
    return new Anchor(node, span, List.of());
  }

  private static List<Anchor> sorted(Stream<Anchor> anchors) {
    return anchors
        .sorted(
            Comparator.comparingInt((Anchor anchor) -> anchor.span.line())
                .thenComparingInt(anchor -> anchor.span.column()))
        .toList();
  }
}
