package org.intervene.read;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Where clauses and statements begin on the page. Line ends mean nothing to the language, but after
 * a mistake they tell best where the author goes on.
 */
final class Layout {
  private Layout() {}

  static boolean isClauseWord(int type) {
    return type >= IvnLexer.ABOUT && type <= IvnLexer.VECTOR;
  }

  static boolean isStatementWord(int type) {
    return type >= IvnLexer.ABLATE && type <= IvnLexer.ZERO;
  }

  /** Whether a token is the first of its line. */
  static boolean opensLine(TokenStream input, int index) {
    Token before = previous(input, index);
    return before == null || before.getLine() < input.get(index).getLine();
  }

  /** The visible token before another. */
  static Token previous(TokenStream input, int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (input.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
        return input.get(i);
      }
    }
    return null;
  }

  /** Whether a clause begins here although a bracket may still be open. */
  static boolean startsClause(TokenStream input, int index) {
    Token token = input.get(index);
    return isClauseWord(token.getType())
        && opensLine(input, index)
        && token.getCharPositionInLine() == 0;
  }

  static boolean startsUnit(TokenStream input, int index, int unit, int depth) {
    if (startsClause(input, index)) {
      return true;
    }
    int type = input.get(index).getType();
    if (depth > 0 || !opensLine(input, index)) {
      return false;
    }
    return switch (unit) {
      case IvnParser.RULE_clause -> isClauseWord(type);
      case IvnParser.RULE_statement -> isStatementWord(type);
      case IvnParser.RULE_pair -> type == IvnLexer.CLEAN;
      case IvnParser.RULE_row -> type == IvnLexer.LBRACE;
      default -> true;
    };
  }

  /** How many brackets are open between two tokens, the second one excluded. */
  static int depth(TokenStream input, int from, int to) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      depth += step(input.get(i).getType());
    }
    return depth;
  }

  static int step(int type) {
    return switch (type) {
      case IvnLexer.LPAREN, IvnLexer.LBRACK, IvnLexer.LBRACE -> 1;
      case IvnLexer.RPAREN, IvnLexer.RBRACK, IvnLexer.RBRACE -> -1;
      default -> 0;
    };
  }
}
