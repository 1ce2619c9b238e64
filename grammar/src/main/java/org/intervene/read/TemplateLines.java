package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Derived;
import org.intervene.ast.DataSource.Slot;
import org.intervene.ast.Expr;
import org.intervene.ast.TemplateText;
import org.intervene.ast.TemplateText.Piece;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.TemplateLineContext;

/** Builds the lines below a template: how slots get their values, and further columns. */
final class TemplateLines {
  private final Places places;
  private final Expressions expressions;

  TemplateLines(Places places, Expressions expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  /** Starts a template with its text. */
  static Draft draft(Word text, Problems problems) {
    for (Piece piece : TemplateText.pieces(text.text())) {
      if (piece instanceof Piece.LoneBrace brace) {
        char found = text.text().charAt(brace.offset());
        problems.add(
            Ids.TEMPLATE,
            text.span(),
            "`" + found + "` in this template belongs to no slot",
            "a slot is written `{name}`; a brace that is meant as text is doubled: `"
                + found
                + found
                + "`");
      }
    }
    return new Draft(text);
  }

  /** The lines of one template so far. */
  static final class Draft {
    private final Word text;
    private final List<String> names;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Derived> derived = new ArrayList<>();

    private Draft(Word text) {
      this.text = text;
      this.names = TemplateText.slots(text.text());
    }

    DataSource.Template finish(Span span, Expr rows, Expr seed) {
      return new DataSource.Template(span, text, slots, derived, rows, seed);
    }
  }

  void add(Draft draft, TemplateLineContext tree) {
    expressions.begin();
    if (tree instanceof IvnParser.DrawnContext drawn) {
      draft.slots.add(drawn(drawn));
    } else if (tree instanceof IvnParser.AssignedContext assigned) {
      assign(draft, assigned);
    } else {
      draft.derived.add(derived(tree));
    }
  }

  private Slot drawn(IvnParser.DrawnContext tree) {
    List<Word> drawn = tree.name().stream().map(places::name).toList();
    Expr list = expressions.expr(tree.expr());
    return new Slot.Drawn(places.at(tree), drawn, list, tree.DISTINCT() != null);
  }

  /** {@code S = B} fills a slot that stands in the text; any other name is a further column. */
  private void assign(Draft draft, IvnParser.AssignedContext tree) {
    Word name = places.dotted(tree.dotted());
    Word value = places.name(tree.name());
    Span span = places.at(tree);
    if (draft.names.contains(name.text())) {
      draft.slots.add(new Slot.Same(span, name, value));
    } else {
      draft.derived.add(new Derived.Slotted(span, name, value));
    }
  }

  private Derived derived(TemplateLineContext line) {
    Span span = places.at(line);
    if (line instanceof IvnParser.SwapContext tree) {
      return new Derived.Swap(
          span, places.dotted(tree.dotted()), places.name(tree.name(0)), places.name(tree.name(1)));
    } else if (line instanceof IvnParser.ReplaceContext tree) {
      return new Derived.Replace(
          span, places.dotted(tree.dotted()), places.name(tree.name(0)), places.name(tree.name(1)));
    }
    IvnParser.RedrawContext tree = (IvnParser.RedrawContext) line;
    Expr list = expressions.expr(tree.expr());
    return new Derived.Redraw(span, places.dotted(tree.dotted()), places.name(tree.name()), list);
  }
}
