package org.intervene.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Column;
import org.intervene.ast.DataSource.Row;
import org.intervene.ast.DataSource.Value;
import org.intervene.ast.Expr;
import org.intervene.ast.ModelClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Selection;
import org.intervene.ast.Spec;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;
import org.intervene.print.YamlNode.Item;
import org.intervene.print.YamlNode.Keys;
import org.intervene.print.YamlNode.Listing;

/** Turns a spec into the sections of a YAML document, in a fixed order. */
final class YamlPrinter {

  YamlNode.Mapping document(Spec spec) {
    Keys keys = new Keys();
    keys.put("experiment", text(spec.experiment()), spec.experiment());
    spec.about().ifPresent(about -> keys.put("about", text(about), about));
    spec.authors()
        .ifPresent(
            authors -> {
              List<Item> names =
                  authors.names().stream().map(name -> new Item(text(name), null)).toList();
              keys.put("authors", new Listing(names, true), authors);
            });
    put(keys, "cite", items(spec.cites(), YamlPrinter::text));
    keys.put("model", model(spec.model()), spec.model());
    for (ValueClause.Kind kind : ValueClause.Kind.values()) {
      Keys section = new Keys();
      spec.values().stream()
          .filter(value -> value.kind() == kind)
          .forEach(value -> section.put(YamlScalars.key(value.name().text()), value(value), value));
      put(keys, section(kind), section);
    }
    Keys data = new Keys();
    spec.data()
        .forEach(clause -> data.put(YamlScalars.key(clause.name().text()), source(clause), clause));
    put(keys, "data", data);
    Keys runs = new Keys();
    spec.runs().forEach(run -> runs.put(YamlScalars.key(run.name().text()), run(run), run));
    put(keys, "runs", runs);
    Keys metrics = new Keys();
    spec.metrics()
        .forEach(
            metric ->
                metrics.put(YamlScalars.key(metric.name().text()), code(metric.value()), metric));
    put(keys, "metrics", metrics);
    put(keys, "plots", items(spec.plots(), plot -> new YamlNode.Code(ClauseDocs.plot(plot))));
    put(keys, "expect", items(spec.expects(), expect -> code(expect.condition())));
    spec.golden()
        .ifPresent(
            golden -> keys.put("golden", new YamlNode.Code(ClauseDocs.golden(golden)), golden));
    return keys.block();
  }

  private static String section(ValueClause.Kind kind) {
    return switch (kind) {
      case PARAM -> "params";
      case VECTOR -> "vectors";
      case TOKENS -> "tokens";
      case SUBSPACE -> "subspaces";
      case DICTIONARY -> "dictionaries";
      case CIRCUIT -> "circuits";
    };
  }

  private static void put(Keys keys, String section, Keys entries) {
    if (!entries.isEmpty()) {
      keys.put(section, entries.block());
    }
  }

  private static void put(Keys keys, String section, Listing items) {
    if (!items.items().isEmpty()) {
      keys.put(section, items);
    }
  }

  private static <T> Listing items(List<T> all, java.util.function.Function<T, YamlNode> print) {
    return new Listing(all.stream().map(one -> new Item(print.apply(one), one)).toList(), false);
  }

  private static YamlNode text(Word word) {
    return new YamlNode.Text(word.text());
  }

  private static YamlNode code(Expr expr) {
    return new YamlNode.Code(ExprDocs.expression(expr));
  }

  private static YamlNode model(ModelClause model) {
    Keys keys = new Keys().put("source", text(model.source()));
    setting(keys, "dtype", model.dtype());
    setting(keys, "device", model.device());
    setting(keys, "bos", model.bos());
    return keys.flow();
  }

  private static void setting(Keys keys, String key, Optional<Word> word) {
    word.ifPresent(value -> keys.put(key, text(value)));
  }

  private static YamlNode value(ValueClause value) {
    if (!(value.value() instanceof Expr.Listing listing)) {
      return code(value.value());
    }
    boolean tokens =
        value.kind() == ValueClause.Kind.TOKENS
            && listing.items().stream().allMatch(item -> item instanceof Expr.Text);
    List<Item> items = new ArrayList<>();
    for (Expr item : listing.items()) {
      boolean text = tokens && item instanceof Expr.Text;
      items.add(new Item(text ? new YamlNode.Text(((Expr.Text) item).text()) : code(item), null));
    }
    boolean list = value.kind() != ValueClause.Kind.TOKENS || tokens;
    return list ? new Listing(items, true) : code(value.value());
  }

  private static YamlNode run(RunClause run) {
    Keys keys = new Keys().put("on", YamlNode.code(ExprDocs.dataRef(run.on())));
    if (!run.sweeps().isEmpty()) {
      Keys sweeps = new Keys();
      for (Sweep sweep : run.sweeps()) {
        sweeps.put(YamlScalars.key(sweep.variable().text()), selection(sweep.values()));
      }
      keys.put("for", sweeps.flow());
    }
    if (!run.body().isEmpty()) {
      keys.put("do", items(run.body(), line -> new YamlNode.Code(StatementDocs.statement(line))));
    }
    return run.sweeps().isEmpty() && run.body().isEmpty() ? keys.flow() : keys.block();
  }

  private static YamlNode selection(Selection selection) {
    if (selection.picks().size() == 1) {
      return new YamlNode.Code(SelectionDocs.choice(selection));
    }
    List<Item> items =
        selection.picks().stream()
            .map(pick -> new Item(new YamlNode.Code(SelectionDocs.choice(pick)), null))
            .toList();
    return new Listing(items, true);
  }

  private static YamlNode source(DataClause data) {
    Keys keys = new Keys();
    if (data.source() instanceof DataSource.Rows rows) {
      keys.put("rows", items(rows.rows(), YamlPrinter::row));
    } else if (data.source() instanceof DataSource.Pairs pairs) {
      keys.put("pairs", items(pairs.rows(), YamlPrinter::row));
    } else if (data.source() instanceof DataSource.TokenLists tokens) {
      List<Item> inputs =
          tokens.inputs().stream().map(ids -> new Item(YamlPrinter.ids(ids), null)).toList();
      keys.put("tokens", new Listing(inputs, true));
    } else if (data.source() instanceof DataSource.RepeatRandom repeat) {
      keys.put(
          "repeat",
          new Keys()
              .put("random", YamlNode.code("tokens"))
              .put("length", size(repeat.length()))
              .put("rows", size(repeat.rows()))
              .put("seed", size(repeat.seed()))
              .flow());
    } else if (data.source() instanceof DataSource.FileRows file) {
      keys.put("file", text(file.path()));
      file.digest().ifPresent(digest -> keys.put("digest", text(digest)));
    } else if (data.source() instanceof DataSource.Template template) {
      template(keys, template);
    }
    return keys.block();
  }

  private static void template(Keys keys, DataSource.Template template) {
    keys.put("template", text(template.text()));
    keys.put("rows", size(template.rows()));
    keys.put("seed", size(template.seed()));
    List<Item> lines = new ArrayList<>();
    template
        .slots()
        .forEach(slot -> lines.add(new Item(new YamlNode.Code(ClauseDocs.slot(slot)), slot)));
    template
        .derived()
        .forEach(line -> lines.add(new Item(new YamlNode.Code(ClauseDocs.derived(line)), line)));
    if (!lines.isEmpty()) {
      keys.put("where", new Listing(lines, false));
    }
  }

  private static YamlNode size(Expr expr) {
    return new YamlNode.Code(ExprDocs.sum(expr));
  }

  private static YamlNode row(Row row) {
    Keys keys = new Keys();
    for (Column column : row.columns()) {
      keys.put(YamlScalars.key(column.name().text()), cell(column.value()));
    }
    return keys.flow();
  }

  private static YamlNode cell(Value value) {
    if (value instanceof Value.Text text) {
      return text(text.text());
    } else if (value instanceof Value.Tokens tokens) {
      return ids(tokens.ids());
    }
    return new YamlNode.Number(NumberText.of(((Value.Number) value).value()));
  }

  private static YamlNode ids(List<Integer> ids) {
    return new Listing(
        ids.stream().map(id -> new Item(new YamlNode.Number(id.toString()), null)).toList(), true);
  }
}
