package org.intervene.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Derived;
import org.intervene.ast.DataSource.Slot;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Suggestions;

/** Checks which slots of a template have values, and from where. */
final class SlotNames {
  private final DataSource.Template source;
  private final Template template;
  private final Complaints complaints;
  private final Set<String> filled = new HashSet<>();
  private final Map<String, Word> same = new LinkedHashMap<>();

  SlotNames(DataSource.Template source, Template template, Complaints complaints) {
    this.source = source;
    this.template = template;
    this.complaints = complaints;
  }

  void check() {
    Set<String> columns = new HashSet<>(Set.of(TemplateRows.CLEAN));
    for (Slot slot : source.slots()) {
      names(slot).forEach(name -> column(name, columns));
      names(slot).forEach(name -> filled.add(name.text()));
      if (slot instanceof Slot.Same equal) {
        same.put(equal.name().text(), equal.other());
      }
    }
    for (String slot : template.slots()) {
      if (!filled.contains(slot)) {
        complaints.error(
            "data.slot-unfilled",
            source.text().span(),
            "the slot {%s} gets no value".formatted(slot),
            "add `%s from [\"…\"]` or `%s = ANOTHER_SLOT`".formatted(slot, slot));
      }
    }
    same.values().forEach(this::known);
    same.keySet().forEach(this::circle);
    source.derived().forEach(derived -> column(derived.name(), columns));
    source.derived().forEach(this::check);
  }

  private static List<Word> names(Slot slot) {
    return slot instanceof Slot.Drawn drawn ? drawn.names() : List.of(((Slot.Same) slot).name());
  }

  private void column(Word name, Set<String> columns) {
    if (!columns.add(name.text())) {
      complaints.error(
          "data.duplicate-column",
          name.span(),
          "there are two columns `%s`".formatted(name),
          name.text().equals(TemplateRows.CLEAN)
              ? "`clean` is the template's text: choose another name"
              : "give one of them another name");
    }
  }

  private boolean known(Word slot) {
    boolean known = filled.contains(slot.text());
    if (!known) {
      complaints.error(
          "data.slot-unknown",
          slot.span(),
          "the template has no slot {%s}".formatted(slot),
          Suggestions.didYouMean(slot.text(), filled)
              .orElse("its slots are {" + String.join("}, {", template.slots()) + "}"));
    }
    return known;
  }

  private void circle(String name) {
    Set<String> passed = new HashSet<>();
    String at = name;
    while (same.containsKey(at) && passed.add(at)) {
      at = same.get(at).text();
    }
    if (at.equals(name) && !passed.isEmpty()) {
      complaints.error(
          "data.slot-circle",
          same.get(name).span(),
          "{%s} is the same as itself".formatted(name),
          "draw one of the slots of this circle from a list");
    }
  }

  private void check(Derived derived) {
    if (derived instanceof Derived.Slotted slotted) {
      if (known(slotted.slot())) {
        begins(slotted);
      }
    } else if (derived instanceof Derived.Swap swap) {
      boolean known = known(swap.first()) & known(swap.second());
      if (known && !inText(swap.first())) {
        stands(swap.second());
      }
    } else if (derived instanceof Derived.Replace replace) {
      if (known(replace.slot()) & known(replace.with())) {
        stands(replace.slot());
      }
    } else if (known(((Derived.Redraw) derived).slot())) {
      stands(((Derived.Redraw) derived).slot());
    }
  }

  private boolean inText(Word slot) {
    return template.slots().contains(slot.text());
  }

  private void stands(Word slot) {
    if (!inText(slot)) {
      complaints.error(
          "data.slot-unknown",
          slot.span(),
          "{%s} does not stand in the template's text".formatted(slot),
          "change one of {" + String.join("}, {", template.slots()) + "}");
    }
  }

  /** A model mostly answers with a space in front, which the first word of a text lacks. */
  private void begins(Derived.Slotted slotted) {
    String slot = slotted.slot().text();
    boolean first = template.beginsWith(slot) && template.inPlace(slot, "").isEmpty();
    if (first && slotted.name().text().indexOf('.') < 0) {
      complaints.note(
          "data.no-space",
          slotted.slot().span(),
          "`%s` has no space in front, because {%s} begins the text"
              .formatted(slotted.name(), slot),
          "if the model should answer with a space, begin the template with another word");
    }
  }

  /** The values of a row with those of the slots that are the same as others. */
  Map<String, Word> complete(Map<String, Word> drawn) {
    Map<String, Word> values = new LinkedHashMap<>(drawn);
    for (String name : same.keySet()) {
      String at = name;
      while (same.containsKey(at)) {
        at = same.get(at).text();
      }
      values.put(name, drawn.get(at));
    }
    return values;
  }

  /** Every slot that has a value: those of the text in its order, then the others. */
  List<String> all() {
    List<String> all = new ArrayList<>(template.slots());
    for (Slot slot : source.slots()) {
      names(slot).stream().map(Word::text).filter(n -> !all.contains(n)).forEach(all::add);
    }
    return all;
  }
}
