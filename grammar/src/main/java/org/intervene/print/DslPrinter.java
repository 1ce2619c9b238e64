package org.intervene.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.Comments;
import org.intervene.ast.DataClause;
import org.intervene.ast.DataSource;
import org.intervene.ast.ModelClause;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.ast.Sweep;
import org.intervene.ast.ValueClause;
import org.intervene.ast.Word;

/** Prints a spec in the DSL, kinds of clauses in a fixed order with a blank line between them. */
final class DslPrinter {
  private static final int INDENT = 4;

  private final DslLines lines;

  DslPrinter(Comments comments) {
    this.lines = new DslLines(comments);
  }

  String print(Spec spec) {
    text("experiment ", spec.experiment());
    spec.about().ifPresent(about -> text("about ", about));
    spec.authors().ifPresent(this::authors);
    spec.cites().forEach(cite -> text("cite ", cite));
    section(List.of(spec.model()), this::model);
    section(spec.values(), this::value);
    section(spec.data(), this::data);
    section(spec.runs(), this::run);
    section(
        spec.metrics(),
        metric ->
            lines.clause(
                metric, head("metric " + metric.name(), ExprDocs.expression(metric.value()))));
    lines.blank();
    spec.plots().forEach(plot -> lines.clause(plot, Doc.of("plot ", ClauseDocs.plot(plot))));
    spec.expects()
        .forEach(
            expect ->
                lines.clause(
                    expect,
                    Doc.group(
                        "expect ", Doc.nest(INDENT, ExprDocs.expression(expect.condition())))));
    spec.golden()
        .ifPresent(golden -> lines.clause(golden, Doc.of("golden ", ClauseDocs.golden(golden))));
    lines.closing(spec);
    return lines.toString();
  }

  private <T> void section(List<T> clauses, Consumer<T> print) {
    lines.blank();
    clauses.forEach(print);
  }

  private void text(String keyword, Word text) {
    lines.clause(text, Doc.of(keyword, Quotes.dsl(text.text())));
  }

  private void authors(AuthorsClause authors) {
    List<Doc> names =
        authors.names().stream().map(name -> Doc.of(Quotes.dsl(name.text()))).toList();
    lines.clause(authors, Doc.group("authors ", Doc.nest(INDENT, Doc.join(",", names))));
  }

  private static Doc head(String start, Doc value) {
    return Doc.group(start + " =", Doc.nest(INDENT, Doc.of(Doc.LINE, value)));
  }

  private void model(ModelClause model) {
    String options =
        option("dtype", model.dtype())
            + option("device", model.device())
            + option("bos", model.bos());
    lines.clause(model, Doc.text("model " + Quotes.dsl(model.source().text()) + options));
  }

  private static String option(String key, Optional<Word> word) {
    return word.map(value -> " " + key + " " + ClauseDocs.setting(value)).orElse("");
  }

  private void value(ValueClause value) {
    String kind = value.kind().name().toLowerCase(Locale.ROOT);
    lines.clause(value, head(kind + " " + value.name(), ExprDocs.expression(value.value())));
  }

  private void run(RunClause run) {
    Object sweeps = "";
    if (!run.sweeps().isEmpty()) {
      List<Doc> each = run.sweeps().stream().map(DslPrinter::sweep).toList();
      sweeps = Doc.nest(INDENT, Doc.of(Doc.LINE, "for ", Doc.nest(INDENT, Doc.join(",", each))));
    }
    Doc head = Doc.group("run " + run.name() + " on " + ExprDocs.dataRef(run.on()), sweeps);
    if (run.body().isEmpty() && !lines.closes(run)) {
      lines.clause(run, head);
      return;
    }
    lines.open(run, head);
    run.body().forEach(line -> lines.clause(line, StatementDocs.statement(line)));
    lines.close(run);
  }

  private static Doc sweep(Sweep sweep) {
    return Doc.of(sweep.variable() + " in ", SelectionDocs.choice(sweep.values()));
  }

  private void data(DataClause data) {
    String head = "data " + data.name() + " ";
    DataSource source = data.source();
    if (source instanceof DataSource.Rows rows) {
      rows(data, head + "rows", rows);
    } else if (source instanceof DataSource.Pairs pairs) {
      lines.open(data, Doc.text(head + "pairs"));
      pairs.rows().forEach(row -> lines.clause(row, DataDocs.pair(row)));
      lines.close(data);
    } else if (source instanceof DataSource.Template template) {
      template(data, head, template);
    } else {
      lines.clause(data, Doc.of(head, DataDocs.source(source)));
    }
  }

  /** One row stands in the line of its clause, several in a line each. */
  private void rows(DataClause data, String head, DataSource.Rows source) {
    boolean bare = !lines.trails(data) && !lines.closes(data);
    if (bare && source.rows().size() == 1 && !lines.hasComments(source.rows().get(0))) {
      lines.clause(data, Doc.of(head + " ", DataDocs.row(source.rows().get(0).columns())));
      return;
    }
    lines.clause(data, Doc.text(head));
    lines.indented(
        data, () -> source.rows().forEach(row -> lines.clause(row, DataDocs.row(row.columns()))));
  }

  private void template(DataClause data, String head, DataSource.Template template) {
    Doc start =
        Doc.group(
            head + "template " + Quotes.dsl(template.text().text()),
            Doc.nest(
                INDENT,
                Doc.of(
                    Doc.LINE,
                    Doc.of("rows ", ExprDocs.sum(template.rows())),
                    Doc.LINE,
                    Doc.of("seed ", ExprDocs.sum(template.seed())))));
    List<Object> body = new ArrayList<>(template.slots());
    body.addAll(template.derived());
    if (body.isEmpty() && !lines.closes(data)) {
      lines.clause(data, start);
      return;
    }
    lines.open(data, start);
    template.slots().forEach(slot -> lines.clause(slot, ClauseDocs.slot(slot)));
    template.derived().forEach(line -> lines.clause(line, ClauseDocs.derived(line)));
    lines.close(data);
  }
}
