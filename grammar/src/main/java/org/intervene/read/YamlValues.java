package org.intervene.read;

import java.util.List;
import java.util.Optional;
import org.intervene.ast.DataSource.Value;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the cells of rows: a quoted scalar is a text, a plain number a number, a list token ids.
 */
final class YamlValues {
  private final YamlTree tree;

  YamlValues(YamlTree tree) {
    this.tree = tree;
  }

  Optional<Value> value(Node node) {
    if (node instanceof SequenceNode) {
      return Optional.of(new Value.Tokens(tree.span(node), ids(node)));
    } else if (node instanceof ScalarNode scalar && YamlNumbers.isNumber(scalar)) {
      return number(scalar);
    } else if (node instanceof ScalarNode scalar && YamlNumbers.looksLikeNumber(scalar)) {
      tree.problems()
          .add(
              Ids.YAML_SCALAR,
              tree.span(node),
              "`" + scalar.getValue() + "` is a number to YAML but not to this language",
              "quote it if it is a text, else write it as digits with an optional fraction and"
                  + " exponent");
      return Optional.empty();
    }
    return tree.text(node, "a text, a number or a list of token ids").map(Value.Text::new);
  }

  private Optional<Value> number(ScalarNode scalar) {
    double value = Double.parseDouble(scalar.getValue());
    Optional<String> problem = ExactNumbers.problem(scalar.getValue(), value);
    problem.ifPresent(message -> tree.problems().add(Ids.NUMBER, tree.span(scalar), message));
    return problem.isPresent()
        ? Optional.empty()
        : Optional.of(new Value.Number(tree.span(scalar), value == 0 ? 0 : value));
  }

  List<List<Integer>> inputs(Node node) {
    List<Node> items = tree.list(node, "`tokens`");
    if (items.isEmpty() && node instanceof SequenceNode) {
      tree.problems().add(Ids.MISSING_CLAUSE, tree.span(node), "this list has no inputs");
    }
    return items.stream().map(this::ids).toList();
  }

  private List<Integer> ids(Node node) {
    return tree.list(node, "an input of token ids").stream()
        .flatMap(item -> id(item).stream())
        .toList();
  }

  private Optional<Integer> id(Node node) {
    if (node instanceof ScalarNode scalar && YamlNumbers.isNumber(scalar)) {
      try {
        int id = Integer.parseInt(scalar.getValue());
        if (id >= 0) {
          return Optional.of(id);
        }
      } catch (NumberFormatException notAnId) {
        // Reported below with everything else that is no id.
      }
    }
    tree.problems()
        .add(Ids.YAML_SCALAR, tree.span(node), "a token id is a whole number from 0 to 2147483647");
    return Optional.empty();
  }
}
