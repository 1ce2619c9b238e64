package org.intervene.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.ast.TemplateText;
import org.intervene.ast.TemplateText.Piece;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.Span;

/** A text with slots, and what it reads with values in them. */
final class Template {
  private final List<Piece> pieces;
  private final List<String> slots;
  private final Set<String> spaced = new HashSet<>();

  Template(Word text, Complaints complaints) {
    pieces = TemplateText.pieces(text.text());
    slots = TemplateText.slots(text.text());
    boolean space = false;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Slot slot && space) {
        spaced.add(slot.name());
      } else if (piece instanceof Piece.LoneBrace) {
        complaints.error(
            "syntax.template",
            text.span(),
            "a brace in this template belongs to no slot",
            "a slot is written `{name}`; a brace that is meant as text is doubled");
      }
      space = piece instanceof Piece.Fixed fixed && fixed.text().endsWith(" ");
    }
  }

  /** Names of the slots in the order in which they first stand in the text. */
  List<String> slots() {
    return slots;
  }

  /** Whether the text begins with a slot. */
  boolean beginsWith(String slot) {
    return !pieces.isEmpty() && pieces.get(0).equals(new Piece.Slot(slot));
  }

  /** A slot's value with the space in front of it, if the template has one there. */
  String inPlace(String slot, String value) {
    return spaced.contains(slot) ? " " + value : value;
  }

  /** The text with a value in every slot, and where the values ended up. */
  Datum.Text fill(Map<String, Word> values, Span place) {
    StringBuilder text = new StringBuilder();
    Map<String, List<Stretch>> stretches = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Fixed fixed) {
        text.append(fixed.text());
      } else if (piece instanceof Piece.Slot slot) {
        int start = text.length();
        text.append(values.get(slot.name()).text());
        stretches
            .computeIfAbsent(slot.name(), name -> new ArrayList<>())
            .add(new Stretch(start, text.length()));
      }
    }
    return new Datum.Text(text.toString(), new Place("", place), stretches);
  }
}
