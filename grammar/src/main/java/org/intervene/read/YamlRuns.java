package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.DataRef;
import org.intervene.ast.RunClause;
import org.intervene.ast.Selection;
import org.intervene.ast.Selection.Pick;
import org.intervene.ast.Statement;
import org.intervene.ast.Sweep;
import org.intervene.read.YamlTree.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the entries of {@code runs}. */
final class YamlRuns {
  private static final List<String> KEYS = List.of("on", "for", "do");

  private final YamlTree tree;
  private final YamlTexts texts;

  YamlRuns(YamlTree tree, YamlTexts texts) {
    this.tree = tree;
    this.texts = texts;
  }

  Optional<RunClause> clause(Entry run) {
    String what = "run `" + run.key().text() + "`";
    Optional<Map<String, Entry>> fields = tree.fields(run.value(), what, KEYS);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    List<Sweep> sweeps = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    Optional<DataRef> on =
        tree.required(fields.get(), "on", run.key().span(), what)
            .flatMap(
                entry ->
                    texts.read(
                        entry.value(), IvnParser::dataRefText, (c, t) -> c.dataRef(t.dataRef())));
    if (fields.get().containsKey("for")) {
      for (Entry sweep : tree.named(fields.get().get("for").value(), "`for`", "sweep variable")) {
        selection(sweep.value())
            .ifPresent(s -> sweeps.add(new Sweep(sweep.span(), sweep.key(), s)));
      }
    }
    if (fields.get().containsKey("do")) {
      for (Node line : tree.items(fields.get().get("do").value(), "`do`")) {
        texts
            .read(line, IvnParser::statementText, (c, t) -> c.statement(t.statement()))
            .ifPresent(body::add);
      }
    }
    return on.map(data -> new RunClause(run.span(), run.key(), data, sweeps, body));
  }

  /** {@code all}, {@code 0..5}, or a list of such. */
  private Optional<Selection> selection(Node node) {
    if (!(node instanceof SequenceNode list)) {
      return texts.read(node, IvnParser::selectionText, (c, t) -> c.selection(t.choice()));
    }
    List<Pick> picks =
        list.getValue().stream()
            .flatMap(item -> selection(item).stream())
            .flatMap(selection -> selection.picks().stream())
            .toList();
    if (list.getValue().isEmpty()) {
      tree.problems().add(Ids.YAML_SHAPE, tree.span(node), "a sweep needs at least one value");
    }
    return Optional.of(new Selection(tree.span(node), picks));
  }
}
