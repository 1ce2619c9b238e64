package org.intervene.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    boolean word = type == IvnLexer.NAME && !continues(input, index);
    boolean margin = input.get(index).getCharPositionInLine() == 0;
    return switch (unit) {
      case IvnParser.RULE_clause -> isClauseWord(type) || (word && margin);
      case IvnParser.RULE_statement -> isStatementWord(type) || word;
      case IvnParser.RULE_pair -> type == IvnLexer.CLEAN;
      case IvnParser.RULE_row -> type == IvnLexer.LBRACE;
      default -> true;
    };
  }

  /** The words that begin clauses. */
  static List<String> clauseWords() {
    return words(IvnLexer.ABOUT, IvnLexer.VECTOR);
  }

  /** The words that begin statements. */
  static List<String> statementWords() {
    return words(IvnLexer.ABLATE, IvnLexer.ZERO);
  }

  private static List<String> words(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Expected::spelled).toList();
  }

  /** The first token of the line in which a token stands. */
  static Token firstInLine(TokenStream input, int index) {
    Token first = input.get(index);
    for (Token before = previous(input, index);
        before != null && before.getLine() == first.getLine();
        before = previous(input, first.getTokenIndex())) {
      first = before;
    }
    return first;
  }

  /** Whether a line goes on with what the line above leaves open: an operator, comma or bracket. */
  static boolean continues(TokenStream input, int index) {
    Token before = previous(input, index);
    return before != null
        && (step(before.getType()) > 0
            || (before.getType() >= IvnLexer.RANGE && before.getType() <= IvnLexer.SLASH));
  }

  /**
   * The word of a clause at the start of a token's line, if that was taken for a name: it stands
   * right before the token, and the line before ends in the middle of something.
   *
   * @param clause where the clause begins in which the token does not fit
   */
  static Optional<Token> swallowedClause(TokenStream input, int index, int clause) {
    Token first = firstInLine(input, index);
    boolean swallowed =
        first.getTokenIndex() > clause
            && first.getTokenIndex() < index
            && startsClause(input, first.getTokenIndex())
            && previous(input, index) == first;
    return swallowed ? Optional.of(first) : Optional.empty();
  }

  /**
   * The last bracket before a token that is still open there, within its clause. A bracket of
   * another kind, or the next statement, ends what was left open.
   */
  static Optional<Token> innermostOpen(TokenStream input, int index) {
    int start = index - 1;
    while (start > 0 && !startsClause(input, start)) {
      start--;
    }
    Deque<Token> open = new ArrayDeque<>();
    for (int i = Math.max(start, 0); i < index; i++) {
      Token token = input.get(i);
      int type = token.getType();
      if (step(type) > 0) {
        open.push(token);
      } else if (step(type) < 0 && open.stream().anyMatch(o -> closer(o.getType()) == type)) {
        while (closer(open.pop().getType()) != type) {
          // What was opened inside and never closed ends here too.
        }
      } else if (isStatementWord(type) && opensLine(input, i)) {
        while (!open.isEmpty() && open.peek().getType() != IvnLexer.LBRACE) {
          open.pop();
        }
      }
    }
    return Optional.ofNullable(open.peek());
  }

  /** The bracket that closes another. */
  static int closer(int open) {
    return switch (open) {
      case IvnLexer.LPAREN -> IvnLexer.RPAREN;
      case IvnLexer.LBRACK -> IvnLexer.RBRACK;
      default -> IvnLexer.RBRACE;
    };
  }

  /** How many braces are open between two tokens, the second one excluded. */
  static int braces(TokenStream input, int from, int to) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      depth += braceStep(input.get(i).getType());
    }
    return depth;
  }

  static int braceStep(int type) {
    return type == IvnLexer.LBRACE ? 1 : type == IvnLexer.RBRACE ? -1 : 0;
  }

  /** How a token changes the number of open brackets. */
  static int step(int type) {
    return switch (type) {
      case IvnLexer.LPAREN, IvnLexer.LBRACK, IvnLexer.LBRACE -> 1;
      case IvnLexer.RPAREN, IvnLexer.RBRACK, IvnLexer.RBRACE -> -1;
      default -> 0;
    };
  }
}
