package org.intervene.read;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Span;
import org.intervene.read.IvnParser.DottedContext;
import org.intervene.read.IvnParser.NameContext;
import org.intervene.read.IvnParser.NumberContext;
import org.intervene.read.IvnParser.TextContext;

/** Turns the leaves of a parse tree into words and numbers that know where they stand. */
final class Places {
  private final Positions positions;
  private final Problems problems;

  Places(Positions positions, Problems problems) {
    this.positions = positions;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  Span at(Token token) {
    return between(token, token);
  }

  Span at(ParserRuleContext tree) {
    return between(tree.getStart(), tree.getStop());
  }

  Span between(Token first, Token last) {
    int from = first.getStartIndex();
    int end = last == null ? from : Math.max(last.getStopIndex() + 1, from);
    return positions.span(from, end);
  }

  Word name(NameContext name) {
    return new Word(at(name), name.getText());
  }

  Word dotted(DottedContext dotted) {
    return new Word(at(dotted), dotted.getText());
  }

  Word text(TextContext text) {
    Token token = text.getStart();
    return new Word(at(token), StringLiteral.decode(token, positions, problems));
  }

  /** A whole number that fits an int: a token id. */
  int integer(Token token) {
    try {
      return Integer.parseInt(token.getText());
    } catch (NumberFormatException tooLarge) {
      problems.add(
          Ids.NUMBER, at(token), token.getText() + " is too large for a token id or an index");
      return 0;
    }
  }

  /** A number that a double holds: whole numbers exactly, others to the nearest double. */
  double number(NumberContext number) {
    String text = number.getText();
    double value = Double.parseDouble(text);
    Optional<String> problem = ExactNumbers.problem(text, value);
    problem.ifPresent(message -> problems.add(Ids.NUMBER, at(number), message));
    return problem.isPresent() ? 0 : value;
  }
}
