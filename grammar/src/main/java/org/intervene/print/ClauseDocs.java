package org.intervene.print;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intervene.ast.DataSource.Derived;
import org.intervene.ast.DataSource.Slot;
import org.intervene.ast.GoldenClause;
import org.intervene.ast.GoldenClause.Tolerance;
import org.intervene.ast.Names;
import org.intervene.ast.PlotClause;
import org.intervene.ast.Word;

/** Parts of clauses that both notations write the same way. */
final class ClauseDocs {
  private static final int INDENT = 4;
  private static final Pattern SETTING =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*(:[0-9]+)?");

  private ClauseDocs() {}

  static Doc plot(PlotClause plot) {
    List<Object> parts = new ArrayList<>();
    for (PlotClause.Encoding encoding : plot.encodings()) {
      parts.add(Doc.LINE);
      parts.add(encoding.channel() + " " + encoding.axis());
    }
    return Doc.group(
        plot.kind() + " ",
        ExprDocs.expression(plot.value()),
        Doc.nest(INDENT, Doc.of(parts.toArray())));
  }

  static Doc golden(GoldenClause golden) {
    List<Doc> tolerances = golden.tolerances().stream().map(ClauseDocs::tolerance).toList();
    String by = golden.by().map(name -> "by " + name + " ").orElse("");
    return Doc.group(Doc.nest(INDENT, Doc.of(by, Doc.join(",", tolerances))));
  }

  private static Doc tolerance(Tolerance tolerance) {
    String metric = tolerance.metric().map(name -> name + " ").orElse("");
    String relative = tolerance.relative() ? " relative" : "";
    return Doc.text(metric + "within " + NumberText.of(tolerance.within()) + relative);
  }

  static Doc slot(Slot slot) {
    if (slot instanceof Slot.Same same) {
      return Doc.text(same.name() + " = " + same.other());
    }
    Slot.Drawn drawn = (Slot.Drawn) slot;
    String names = drawn.names().stream().map(Word::text).collect(Collectors.joining(", "));
    Object distinct = drawn.distinct() ? Doc.nest(INDENT, Doc.of(Doc.LINE, "distinct")) : "";
    return Doc.group(names + " from ", ExprDocs.expression(drawn.list()), distinct);
  }

  static Doc derived(Derived derived) {
    String name = derived.name().text();
    if (derived instanceof Derived.Slotted slotted) {
      return Doc.text(name + " = " + slotted.slot());
    } else if (derived instanceof Derived.Swap swap) {
      return Doc.text(name + " swap " + swap.first() + ", " + swap.second());
    } else if (derived instanceof Derived.Replace replace) {
      return Doc.text(name + " replace " + replace.slot() + " with " + replace.with());
    }
    Derived.Redraw redraw = (Derived.Redraw) derived;
    return Doc.group(
        name + " redraw " + redraw.slot() + " from ", ExprDocs.expression(redraw.list()));
  }

  /** A word of the model clause, in quotes where it needs them. */
  static String setting(Word word) {
    boolean bare = SETTING.matcher(word.text()).matches() && !Names.RESERVED.contains(word.text());
    return bare ? word.text() : Quotes.dsl(word.text());
  }
}
