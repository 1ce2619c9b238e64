package org.intervene.data;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Derived;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic.Place;

/**
 * Rows of a template: the column {@code clean}, one for each slot, and then the derived ones.
 *
 * <p>One {@link SplitMix} generator draws first the slots of all rows and then, column by column in
 * written order, what {@code redraw} draws, so that a further column changes no row. Derived texts
 * change the slots that they name and no other: with {@code S = B}, {@code swap A, B} leaves what
 * {@code S} holds alone.
 */
final class TemplateRows {
  static final String CLEAN = "clean";
  static final int MOST_ROWS = 1_000_000;

  private final DataSource.Template source;
  private final NamedValues values;
  private final Complaints complaints;
  private final Template template;
  private final SlotNames names;

  TemplateRows(DataSource.Template source, NamedValues values, Complaints complaints) {
    this.source = source;
    this.values = values;
    this.complaints = complaints;
    this.template = new Template(source.text(), complaints);
    this.names = new SlotNames(source, template, complaints);
  }

  List<Example> read() {
    names.check();
    SlotDraws draws = SlotDraws.of(source.slots(), values, complaints);
    Map<Derived.Redraw, List<Word>> lists = lists();
    OptionalLong rows = values.whole(source.rows(), "rows", 1, MOST_ROWS, complaints);
    OptionalLong seed = values.whole(source.seed(), "seed", -(1L << 53), 1L << 53, complaints);
    if (complaints.any() || !enough(draws.combinations(), rows.getAsLong())) {
      return List.of();
    }
    SplitMix random = new SplitMix(seed.getAsLong());
    List<Map<String, Word>> slots =
        draws.rows((int) rows.getAsLong(), random).stream().map(names::complete).toList();
    List<Map<String, Datum>> columns = new ArrayList<>();
    slots.forEach(row -> columns.add(plain(row)));
    for (Derived derived : source.derived()) {
      derive(derived, lists, slots, columns, random);
    }
    return examples(columns);
  }

  private Map<Derived.Redraw, List<Word>> lists() {
    Map<Derived.Redraw, List<Word>> lists = new HashMap<>();
    for (Derived derived : source.derived()) {
      if (derived instanceof Derived.Redraw redraw) {
        values.texts(redraw.list(), complaints).ifPresent(list -> lists.put(redraw, list));
      }
    }
    return lists;
  }

  private boolean enough(BigInteger combinations, long rows) {
    boolean enough = combinations.compareTo(BigInteger.valueOf(rows)) >= 0;
    if (!enough) {
      complaints.error(
          "data.combinations",
          source.rows().span(),
          "the slots can be filled in %,d ways, which makes no %,d different rows"
              .formatted(combinations, rows),
          "ask for at most %,d rows, or give the lists more values".formatted(combinations));
    }
    return enough;
  }

  private Map<String, Datum> plain(Map<String, Word> slots) {
    Map<String, Datum> columns = new LinkedHashMap<>();
    columns.put(CLEAN, template.fill(slots, source.text().span()));
    for (String slot : names.all()) {
      Word value = slots.get(slot);
      columns.put(slot, new Datum.Text(value.text(), value.span()));
    }
    return columns;
  }

  private void derive(
      Derived derived,
      Map<Derived.Redraw, List<Word>> lists,
      List<Map<String, Word>> slots,
      List<Map<String, Datum>> columns,
      SplitMix random) {
    int unchanged = 0;
    for (int row = 0; row < slots.size(); row++) {
      Datum.Text made;
      if (derived instanceof Derived.Slotted slotted) {
        made = slotted(slotted, slots.get(row));
      } else {
        Map<String, Word> changed = new HashMap<>(slots.get(row));
        change(derived, lists, changed, row, random);
        made = template.fill(changed, derived.span());
        unchanged += made.text().equals(((Datum.Text) columns.get(row).get(CLEAN)).text()) ? 1 : 0;
      }
      columns.get(row).put(derived.name().text(), made);
    }
    if (unchanged > 0 && !complaints.any()) {
      sayUnchanged(derived, unchanged, slots.size());
    }
  }

  private Datum.Text slotted(Derived.Slotted derived, Map<String, Word> slots) {
    String slot = derived.slot().text();
    Word value = slots.get(slot);
    return new Datum.Text(template.inPlace(slot, value.text()), value.span());
  }

  private void change(
      Derived derived,
      Map<Derived.Redraw, List<Word>> lists,
      Map<String, Word> slots,
      int row,
      SplitMix random) {
    if (derived instanceof Derived.Swap swap) {
      Word first = slots.get(swap.first().text());
      slots.put(swap.first().text(), slots.get(swap.second().text()));
      slots.put(swap.second().text(), first);
    } else if (derived instanceof Derived.Replace replace) {
      slots.put(replace.slot().text(), slots.get(replace.with().text()));
    } else if (derived instanceof Derived.Redraw redraw) {
      Set<String> taken = slots.values().stream().map(Word::text).collect(Collectors.toSet());
      List<Word> left =
          lists.get(redraw).stream().filter(value -> !taken.contains(value.text())).toList();
      if (left.isEmpty()) {
        complaints.error(
            "data.redraw",
            redraw.list().span(),
            "row %d holds every value of this list already".formatted(row + 1),
            "add a value that no slot of the row can hold");
      } else {
        slots.put(redraw.slot().text(), left.get(random.below(left.size())));
      }
    }
  }

  private void sayUnchanged(Derived derived, int unchanged, int rows) {
    String same =
        "`%s` is the same text as `clean` in %s"
            .formatted(
                derived.name(),
                unchanged == rows ? "every row" : "%,d of %,d rows".formatted(unchanged, rows));
    String help = "change slots that hold different values: draw them `distinct`";
    if (unchanged == rows) {
      complaints.error("data.unchanged", derived.span(), same, help);
    } else {
      complaints.note("data.unchanged", derived.span(), same, help);
    }
  }

  private List<Example> examples(List<Map<String, Datum>> columns) {
    Place place = new Place("", source.text().span());
    List<Example> examples = new ArrayList<>();
    for (Map<String, Datum> row : columns) {
      examples.add(new Example(examples.size(), place, row));
    }
    return examples;
  }
}
