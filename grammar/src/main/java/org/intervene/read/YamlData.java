package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Column;
import org.intervene.ast.DataSource.Row;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.YamlTree.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the entries of {@code data}. */
final class YamlData {
  private static final List<String> KINDS =
      List.of("rows", "pairs", "tokens", "template", "repeat", "file");

  private final YamlTree tree;
  private final YamlTexts texts;
  private final YamlValues values;

  YamlData(YamlTree tree, YamlTexts texts) {
    this.tree = tree;
    this.texts = texts;
    this.values = new YamlValues(tree);
  }

  Optional<DataClause> clause(Entry data) {
    return source(data).map(source -> new DataClause(data.span(), data.key(), source));
  }

  private Optional<DataSource> source(Entry data) {
    Span span = data.span();
    String what = "dataset `" + data.key().text() + "`";
    List<String> present = tree.keys(data.value());
    if (present.contains("template")) {
      return tree.fields(data.value(), what, List.of("template", "rows", "seed", "where"))
          .flatMap(fields -> template(span, fields, what));
    } else if (present.contains("file")) {
      return tree.fields(data.value(), what, List.of("file", "digest"))
          .flatMap(fields -> file(span, fields));
    }
    Optional<Map<String, Entry>> fields = tree.fields(data.value(), what, KINDS);
    if (fields.isEmpty()) {
      return Optional.empty();
    } else if (fields.get().size() != 1) {
      tree.problems()
          .add(
              fields.get().isEmpty() ? Ids.MISSING_CLAUSE : Ids.DUPLICATE_CLAUSE,
              data.key().span(),
              what + " needs exactly one source",
              "give it one of `" + String.join("`, `", KINDS) + "`");
      return Optional.empty();
    }
    Entry only = fields.get().values().iterator().next();
    return switch (only.key().text()) {
      case "rows" -> Optional.of(new DataSource.Rows(span, rows(only.value(), false)));
      case "pairs" -> Optional.of(new DataSource.Pairs(span, rows(only.value(), true)));
      case "tokens" -> Optional.of(new DataSource.TokenLists(span, values.inputs(only.value())));
      default -> repeat(span, only.value());
    };
  }

  private List<Row> rows(Node node, boolean pairs) {
    List<Row> rows = new ArrayList<>();
    List<Node> items = tree.list(node, pairs ? "`pairs`" : "`rows`");
    for (Node item : items) {
      List<Column> columns = new ArrayList<>();
      for (Entry entry : tree.columns(item)) {
        values.value(entry.value()).ifPresent(v -> columns.add(new Column(entry.key(), v)));
      }
      rows.add(new Row(tree.span(item), pairs ? twinsFirst(item, columns) : columns));
    }
    if (items.isEmpty() && node instanceof SequenceNode) {
      tree.problems().add(Ids.MISSING_CLAUSE, tree.span(node), "this list has no rows");
    }
    return rows;
  }

  /** Both notations have {@code clean} and {@code corrupt} at the start of a pair. */
  private List<Column> twinsFirst(Node item, List<Column> columns) {
    List<Column> ordered = new ArrayList<>();
    for (String twin : List.of("clean", "corrupt")) {
      Optional<Column> found =
          columns.stream().filter(column -> column.name().text().equals(twin)).findFirst();
      found.ifPresent(ordered::add);
      if (found.isEmpty() && !tree.keys(item).contains(twin)) {
        tree.problems().add(Ids.MISSING_CLAUSE, tree.span(item), "this pair has no `" + twin + "`");
      }
    }
    columns.stream().filter(column -> !ordered.contains(column)).forEach(ordered::add);
    return ordered;
  }

  private Optional<DataSource> repeat(Span span, Node node) {
    if (node instanceof ScalarNode) {
      return texts.read(node, IvnParser::repeatText, (c, t) -> c.repeat(span, t.repeat()));
    }
    String what = "`repeat`";
    return tree.fields(node, what, List.of("random", "length", "rows", "seed"))
        .flatMap(
            fields -> {
              Optional.ofNullable(fields.get("random"))
                  .flatMap(entry -> tree.text(entry.value(), "`tokens`"))
                  .filter(word -> !word.text().equals("tokens"))
                  .ifPresent(word -> tree.problems().add(UnknownWord.at(word, List.of("tokens"))));
              Optional<Expr> length = size(fields, "length", tree.span(node), what);
              Optional<Expr> rows = size(fields, "rows", tree.span(node), what);
              Optional<Expr> seed = size(fields, "seed", tree.span(node), what);
              return length.isPresent() && rows.isPresent() && seed.isPresent()
                  ? Optional.of(
                      new DataSource.RepeatRandom(span, length.get(), rows.get(), seed.get()))
                  : Optional.empty();
            });
  }

  private Optional<Expr> size(Map<String, Entry> fields, String key, Span span, String what) {
    return tree.required(fields, key, span, what)
        .flatMap(
            entry -> texts.read(entry.value(), IvnParser::sizeText, (c, t) -> c.size(t.sum())));
  }

  private Optional<DataSource> file(Span span, Map<String, Entry> fields) {
    Optional<Word> digest =
        Optional.ofNullable(fields.get("digest")).flatMap(e -> tree.text(e.value(), "a digest"));
    return tree.text(fields.get("file").value(), "a path")
        .map(path -> new DataSource.FileRows(span, path, digest));
  }

  private Optional<DataSource> template(Span span, Map<String, Entry> fields, String what) {
    Optional<Expr> rows = size(fields, "rows", fields.get("template").key().span(), what);
    Optional<Expr> seed = size(fields, "seed", fields.get("template").key().span(), what);
    Optional<Word> text = tree.text(fields.get("template").value(), "the template's text");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    TemplateLines.Draft draft = TemplateLines.draft(text.get(), tree.problems());
    if (fields.containsKey("where")) {
      for (Node line : tree.items(fields.get("where").value(), "`where`")) {
        texts.read(
            line,
            IvnParser::templateLineText,
            (c, t) -> {
              c.templateLine(draft, t.templateLine());
              return draft;
            });
      }
    }
    return rows.isPresent() && seed.isPresent()
        ? Optional.of(draft.finish(span, rows.get(), seed.get()))
        : Optional.empty();
  }
}
