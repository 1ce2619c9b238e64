package org.intervene.read;

import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
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
    int found = input.LA(1);
    boolean braced = parser.getContext().getRuleIndex() != IvnParser.RULE_spec;
    boolean atEnd = found == Token.EOF || (braced && Layout.startsClause(input, input.index()));
    if (!next.contains(found) && !atEnd) {
      reportError(parser, new InputMismatchException(parser));
      skip(parser, parser.getContext(), unitOf(parser.getContext()), true);
    }
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
    complaints.add(parser, error, expected);
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    int rule = parser.getContext().getRuleIndex();
    if (!UNITS.contains(rule)) {
      throw error;
    }
    skip(parser, parser.getContext(), rule, false);
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
   * Skips to where the next unit begins or the enclosing block ends.
   *
   * @param between whether the parser stands between two units of a list rather than in one
   */
  private static void skip(Parser parser, ParserRuleContext tree, int unit, boolean between) {
    TokenStream input = parser.getInputStream();
    int start = between ? input.index() : tree.getStart().getTokenIndex();
    int depth = Layout.depth(input, start, input.index());
    boolean first = between;
    while (input.LA(1) != Token.EOF) {
      int index = input.index();
      int type = input.LA(1);
      boolean closes =
          type == IvnLexer.RBRACE || type == IvnLexer.RPAREN || type == IvnLexer.RBRACK;
      if (!first && Layout.startsUnit(input, index, unit, depth)) {
        return;
      }
      if (type == IvnLexer.RBRACE && depth <= 0 && unit != IvnParser.RULE_clause) {
        return;
      }
      depth += Layout.step(type);
      first = false;
      parser.consume();
      if (unit == IvnParser.RULE_row && closes && depth <= 0) {
        return;
      }
    }
  }
}
