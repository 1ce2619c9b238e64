package org.intervene.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intervene.ast.DataRef;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Column;
import org.intervene.ast.DataSource.Derived;
import org.intervene.ast.DataSource.Row;
import org.intervene.ast.DataSource.Slot;
import org.intervene.ast.DataSource.Value;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;

/** Datasets of every kind. */
final class RandomData {
  private final RandomWords words;
  private final RandomExprs exprs;

  RandomData(RandomWords words, RandomExprs exprs) {
    this.words = words;
    this.exprs = exprs;
  }

  DataRef ref() {
    return new DataRef(Span.NONE, words.name(), words.maybe(words::dotted));
  }

  DataSource source() {
    return words.<DataSource>one(
        () -> new DataSource.Rows(Span.NONE, words.several(1, 3, () -> row(List.of()))),
        () ->
            new DataSource.Pairs(
                Span.NONE, words.several(1, 3, () -> row(List.of("clean", "corrupt")))),
        () -> new DataSource.TokenLists(Span.NONE, words.several(1, 4, this::ids)),
        () -> new DataSource.RepeatRandom(Span.NONE, exprs.number(), exprs.expr(1), exprs.expr(1)),
        () -> new DataSource.FileRows(Span.NONE, words.text(), words.maybe(words::text)),
        this::template);
  }

  private Row row(List<String> first) {
    Map<String, Value> columns = new LinkedHashMap<>();
    first.forEach(name -> columns.put(name, value()));
    words.several(1, 4, words::dotted).forEach(name -> columns.putIfAbsent(name.text(), value()));
    return new Row(
        Span.NONE,
        columns.entrySet().stream()
            .map(entry -> new Column(words.word(entry.getKey()), entry.getValue()))
            .toList());
  }

  private Value value() {
    return words.<Value>one(
        () -> new Value.Text(words.text()),
        () -> new Value.Text(words.text()),
        () -> new Value.Tokens(Span.NONE, ids()),
        () -> new Value.Number(Span.NONE, words.number()),
        () -> new Value.Number(Span.NONE, 0 - words.number()));
  }

  private List<Integer> ids() {
    int most = words.random().nextInt(10) == 0 ? 60 : 5;
    return words.several(0, most, () -> words.random().nextInt(60_000));
  }

  private DataSource template() {
    List<String> slots =
        Stream.concat(Stream.of("A"), words.several(0, 3, words::plainName).stream())
            .distinct()
            .toList();
    StringBuilder text = new StringBuilder();
    for (String slot : slots) {
      String between = words.plainText().replace("{", "{{").replace("}", "}}");
      text.append(between).append('{').append(slot).append('}');
    }
    List<Slot> lines = new ArrayList<>();
    for (String slot : slots) {
      lines.add(slot(words.word(slot)));
    }
    List<Derived> derived = words.several(0, 4, () -> derived(slots));
    return new DataSource.Template(
        Span.NONE, words.word(text.toString()), lines, derived, exprs.expr(1), exprs.number());
  }

  private Slot slot(Word name) {
    return words.<Slot>one(
        () -> new Slot.Same(Span.NONE, name, words.name()),
        () ->
            new Slot.Drawn(
                Span.NONE,
                Stream.concat(Stream.of(name), words.several(0, 2, words::name).stream()).toList(),
                exprs.expr(2),
                words.random().nextBoolean()));
  }

  private Derived derived(List<String> slots) {
    Word name = words.dotted();
    Word column = slots.contains(name.text()) ? words.word("derived") : name;
    return words.<Derived>one(
        () -> new Derived.Slotted(Span.NONE, column, words.name()),
        () -> new Derived.Swap(Span.NONE, name, words.name(), words.name()),
        () -> new Derived.Replace(Span.NONE, name, words.name(), words.name()),
        () -> new Derived.Redraw(Span.NONE, name, words.name(), exprs.expr(2)));
  }
}
