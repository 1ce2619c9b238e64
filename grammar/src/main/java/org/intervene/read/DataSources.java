package org.intervene.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.intervene.ast.DataSource;
import org.intervene.ast.DataSource.Column;
import org.intervene.ast.DataSource.Row;
import org.intervene.ast.DataSource.Value;
import org.intervene.ast.Expr;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.ColumnContext;
import org.intervene.read.IvnParser.PairContext;
import org.intervene.read.IvnParser.RowContext;
import org.intervene.read.IvnParser.SizeContext;
import org.intervene.read.IvnParser.TokenListContext;
import org.intervene.read.IvnParser.ValueContext;

/** Builds the rows of a dataset from their parse trees. */
final class DataSources extends IvnParserBaseVisitor<DataSource> {
  private final Places places;
  private final Expressions expressions;
  private final TemplateLines templates;

  DataSources(Places places, Expressions expressions) {
    this.places = places;
    this.expressions = expressions;
    this.templates = new TemplateLines(places, expressions);
  }

  @Override
  public DataSource visitRows(IvnParser.RowsContext tree) {
    List<Row> rows =
        tree.row().stream().filter(row -> row.exception == null).map(this::row).toList();
    return new DataSource.Rows(places.at(tree), rows);
  }

  @Override
  public DataSource visitPairs(IvnParser.PairsContext tree) {
    List<Row> rows =
        tree.pairBlock().pair().stream()
            .filter(pair -> pair.exception == null)
            .map(this::pair)
            .toList();
    if (rows.isEmpty() && tree.pairBlock().pair().isEmpty()) {
      places.problems().add(Ids.MISSING_CLAUSE, places.at(tree), "these pairs are empty");
    }
    return new DataSource.Pairs(places.at(tree), rows);
  }

  @Override
  public DataSource visitTokenLists(IvnParser.TokenListsContext tree) {
    return new DataSource.TokenLists(
        places.at(tree), tree.tokenList().stream().map(this::ids).toList());
  }

  @Override
  public DataSource visitRepeated(IvnParser.RepeatedContext tree) {
    return repeat(places.at(tree), tree.repeat());
  }

  void templateLine(TemplateLines.Draft draft, IvnParser.TemplateLineContext tree) {
    templates.add(draft, tree);
  }

  DataSource repeat(Span span, IvnParser.RepeatContext tree) {
    Span keyword = places.at(tree.RANDOM().getSymbol());
    Map<String, Expr> sizes = sizes(tree.size(), List.of("length", "rows", "seed"), keyword);
    return new DataSource.RepeatRandom(
        span, sizes.get("length"), sizes.get("rows"), sizes.get("seed"));
  }

  @Override
  public DataSource visitFileRows(IvnParser.FileRowsContext tree) {
    Optional<Word> digest = Optional.ofNullable(tree.text(1)).map(places::text);
    return new DataSource.FileRows(places.at(tree), places.text(tree.text(0)), digest);
  }

  @Override
  public DataSource visitTemplate(IvnParser.TemplateContext tree) {
    Span span = places.at(tree);
    Span keyword = places.at(tree.TEMPLATE().getSymbol());
    Map<String, Expr> sizes = sizes(tree.size(), List.of("rows", "seed"), keyword);
    TemplateLines.Draft draft = TemplateLines.draft(places.text(tree.text()), places.problems());
    tree.templateBlock().templateLine().stream()
        .filter(line -> line.exception == null)
        .forEach(line -> templates.add(draft, line));
    return draft.finish(span, sizes.get("rows"), sizes.get("seed"));
  }

  /** The numbers after a source, each of them once. */
  private Map<String, Expr> sizes(List<SizeContext> trees, List<String> wanted, Span keyword) {
    Map<String, Expr> sizes = new HashMap<>();
    for (SizeContext tree : trees) {
      Token key = tree.key;
      if (!wanted.contains(key.getText())) {
        places.problems().add(UnknownWord.at(new Word(places.at(key), key.getText()), wanted));
      } else if (sizes.put(key.getText(), expressions.sum(tree.sum())) != null) {
        places.problems().add(Duplicates.of(Ids.DUPLICATE_CLAUSE, key.getText(), places.at(key)));
      }
    }
    for (String name : wanted) {
      sizes.computeIfAbsent(
          name,
          absent -> {
            places
                .problems()
                .add(
                    Ids.MISSING_CLAUSE,
                    keyword,
                    "`" + absent + "` is missing here",
                    "add `" + absent + " NUMBER`");
            return new Expr.Number(keyword, 0);
          });
    }
    return sizes;
  }

  private Row row(RowContext tree) {
    return new Row(places.at(tree), columns(tree.column(), new ArrayList<>()));
  }

  private Row pair(PairContext tree) {
    List<Column> columns = new ArrayList<>();
    columns.add(twin(tree.CLEAN(), tree.value(0)));
    columns.add(twin(tree.CORRUPT(), tree.value(1)));
    return new Row(places.at(tree), columns(tree.column(), columns));
  }

  private Column twin(TerminalNode key, ValueContext value) {
    Token token = key.getSymbol();
    return new Column(new Word(places.at(token), token.getText()), value(value));
  }

  private List<Column> columns(List<ColumnContext> trees, List<Column> columns) {
    for (ColumnContext tree : trees) {
      columns.add(new Column(places.dotted(tree.dotted()), value(tree.value())));
    }
    Duplicates.report(columns.stream().map(Column::name).toList(), "column", places.problems());
    return columns;
  }

  private Value value(ValueContext tree) {
    if (tree.text() != null) {
      return new Value.Text(places.text(tree.text()));
    } else if (tree.tokenList() != null) {
      return new Value.Tokens(places.at(tree), ids(tree.tokenList()));
    }
    double number = places.number(tree.number());
    return new Value.Number(places.at(tree), tree.MINUS() != null ? 0 - number : number);
  }

  private List<Integer> ids(TokenListContext tree) {
    return tree.INT().stream().map(id -> places.integer(id.getSymbol())).toList();
  }
}
