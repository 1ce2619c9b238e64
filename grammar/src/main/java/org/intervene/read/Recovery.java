package org.intervene.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * What the parser does at a syntax error: it reports one problem, gives up the innermost clause,
 * statement, row or template line, and goes on behind it. Nothing is guessed inside of one, so one
 * mistake makes one message.
 */
final class Recovery extends DefaultErrorStrategy {
  private static final Set<Integer> UNITS =
      Set.of(
          IvnParser.RULE_clause,
          IvnParser.RULE_statement,
          IvnParser.RULE_row,
          IvnParser.RULE_pair,
          IvnParser.RULE_templateLine);
  private static final Set<Integer> LISTS =
      Set.of(
          IvnParser.RULE_spec,
          IvnParser.RULE_body,
          IvnParser.RULE_pairBlock,
          IvnParser.RULE_templateBlock);

  private final Complaints complaints;
  private RecognitionException reported;
  private IntervalSet possible = new IntervalSet();
  private int possibleAt = -1;

  Recovery(Complaints complaints) {
    this.complaints = complaints;
  }

  /** Called before every choice: collects what could have come, and guards lists. */
  @Override
  public void sync(Parser parser) {
    TokenStream input = parser.getInputStream();
    if (input.index() != possibleAt) {
      possibleAt = input.index();
      possible = new IntervalSet();
    }
    int state = parser.getState();
    IntervalSet next = parser.getATN().nextTokens(parser.getATN().states.get(state));
    possible.addAll(next);
    if (!LISTS.contains(parser.getContext().getRuleIndex())) {
      return;
    }
    while (!next.contains(input.LA(1)) && !isAtEnd(parser)) {
      InputMismatchException error = new InputMismatchException(parser);
      reportError(parser, error);
      goOn(parser, error, unitOf(parser.getContext()));
    }
  }

  /** Whether a list ends here, even if its closing brace is missing. */
  private static boolean isAtEnd(Parser parser) {
    TokenStream input = parser.getInputStream();
    boolean braced = parser.getContext().getRuleIndex() != IvnParser.RULE_spec;
    return input.LA(1) == Token.EOF || (braced && Layout.startsClause(input, input.index()));
  }

  /** Between two units: what stands here belongs to the one before, or to none. */
  private static void goOn(Parser parser, InputMismatchException error, int unit) {
    TokenStream input = parser.getInputStream();
    Token wrong = parser.getCurrentToken();
    int index = wrong.getTokenIndex();
    Optional<Token> swallowed = Layout.swallowedClause(input, index, clauseStart(parser));
    boolean belongs = swallowed.isPresent() || !Layout.opensLine(input, index);
    ParserRuleContext before = lastChild(parser.getContext());
    if (belongs && before != null) {
      before.exception = error;
    }
    if (swallowed.isPresent()) {
      input.seek(swallowed.get().getTokenIndex());
    } else {
      skip(parser, index, wrong, unit);
    }
  }

  /** Whether the parser stands between two clauses, statements, pairs or template lines. */
  static boolean isBetweenUnits(Parser parser) {
    return LISTS.contains(parser.getContext().getRuleIndex());
  }

  /** Whether the parser is inside one of some rules. */
  static boolean isIn(Parser parser, Integer... rules) {
    for (RuleContext tree = parser.getContext(); tree != null; tree = tree.getParent()) {
      if (List.of(rules).contains(tree.getRuleIndex())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    if (error == reported) {
      return;
    }
    reported = error;
    Token found = error.getOffendingToken();
    IntervalSet expected = new IntervalSet(Expected.at(parser, error));
    if (found.getTokenIndex() == possibleAt) {
      expected.addAll(possible);
    }
    complaints.add(parser, found, expected);
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    int rule = parser.getContext().getRuleIndex();
    if (!UNITS.contains(rule)) {
      throw error;
    }
    int start = parser.getContext().getStart().getTokenIndex();
    Token wrong = error.getOffendingToken();
    TokenStream input = parser.getInputStream();
    Optional<Token> swallowed = Layout.swallowedClause(input, wrong.getTokenIndex(), start);
    if (swallowed.isPresent()) {
      input.seek(swallowed.get().getTokenIndex());
    } else {
      skip(parser, start, wrong, rule);
    }
  }

  /**
   * Where the clause begins that the parser is in or, between clauses, has just left; behind
   * everything if there is none.
   */
  static int clauseStart(Parser parser) {
    ParserRuleContext tree = parser.getContext();
    if (tree.getRuleIndex() == IvnParser.RULE_spec) {
      tree = lastChild(tree);
    }
    while (tree != null && tree.getRuleIndex() != IvnParser.RULE_clause) {
      tree = tree.getParent();
    }
    return tree == null ? Integer.MAX_VALUE : tree.getStart().getTokenIndex();
  }

  /** The last unit of a list that was read so far, null if there is none. */
  private static ParserRuleContext lastChild(ParserRuleContext list) {
    int children = list.getChildCount();
    return children > 0 && list.getChild(children - 1) instanceof ParserRuleContext last
        ? last
        : null;
  }

  private static int unitOf(ParserRuleContext list) {
    return switch (list.getRuleIndex()) {
      case IvnParser.RULE_body -> IvnParser.RULE_statement;
      case IvnParser.RULE_pairBlock -> IvnParser.RULE_pair;
      case IvnParser.RULE_templateBlock -> IvnParser.RULE_templateLine;
      default -> IvnParser.RULE_clause;
    };
  }

  /**
   * Skips to where the next unit begins or the enclosing block ends, beyond the token that does not
   * fit. Only braces count: other brackets may be what is wrong.
   *
   * @param start where the broken unit begins
   */
  private static void skip(Parser parser, int start, Token wrong, int unit) {
    TokenStream input = parser.getInputStream();
    while (input.index() < wrong.getTokenIndex() && input.LA(1) != Token.EOF) {
      input.consume();
    }
    int depth = Layout.braces(input, start, input.index());
    while (input.LA(1) != Token.EOF) {
      int index = input.index();
      int type = input.LA(1);
      boolean begun = index > start;
      if (unit != IvnParser.RULE_clause && Layout.startsClause(input, index)) {
        return;
      }
      if (begun && Layout.startsUnit(input, index, unit, depth)) {
        return;
      }
      if (type == IvnLexer.RBRACE && depth <= 0 && unit != IvnParser.RULE_clause) {
        return;
      }
      depth += Layout.braceStep(type);
      input.consume();
      if (unit == IvnParser.RULE_row && type == IvnLexer.RBRACE && depth <= 0) {
        return;
      }
    }
  }
}
