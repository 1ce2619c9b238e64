package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Expr;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the texts inside YAML through the grammar, with positions of the file. */
final class YamlTexts {
  /**
   * A comment and where it counts as standing.
   *
   * @param ownLine whether nothing else stands in its line
   */
  record Comment(int offset, boolean ownLine, String text) {}

  private final YamlTree tree;
  private final ScalarPositions positions;
  private final List<Comment> comments = new ArrayList<>();

  YamlTexts(YamlTree tree) {
    this.tree = tree;
    this.positions = new ScalarPositions(tree.source());
  }

  List<Comment> comments() {
    return comments;
  }

  Optional<Expr> expression(Node node) {
    return read(node, IvnParser::expressionText, (c, t) -> c.expression(t.expr()));
  }

  /**
   * Parses a scalar's text.
   *
   * @param build makes the syntax tree of a text that parsed
   */
  <C extends ParserRuleContext, T> Optional<T> read(
      Node node, Function<IvnParser, C> rule, BiFunction<Clauses, C, T> build) {
    if (!(node instanceof ScalarNode scalar)) {
      tree.problems()
          .add(
              Ids.YAML_SHAPE,
              tree.span(node),
              "a text belongs here, this is " + YamlTree.kind(node),
              "put the whole text in single quotes");
      return Optional.empty();
    }
    if (tree.isMissing(scalar)) {
      return Optional.empty();
    }
    Problems problems = tree.problems();
    int before = problems.count();
    ScalarPositions.Mapped mapped = positions.of(scalar);
    Parsing.Parsed<C> parsed = Parsing.parse(scalar.getValue(), mapped, problems, rule);
    for (Token comment : parsed.comments()) {
      int offset = mapped.offset(comment.getStartIndex());
      comments.add(new Comment(offset, tree.source().isFirstInLine(offset), comment.getText()));
    }
    if (parsed.tree().isEmpty() || problems.count() > before) {
      return Optional.empty();
    }
    Clauses clauses =
        new Clauses(new Places(mapped, problems), new SpecDraft(problems, Notation.YAML));
    try {
      return Optional.ofNullable(build.apply(clauses, parsed.tree().get()));
    } catch (Expressions.TooManyOperators reported) {
      return Optional.empty();
    }
  }
}
