package org.intervene.read;

import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.intervene.diagnostic.Suggestions;

/** What to do about a token that does not fit, where that is known. */
final class Cures {
  private static final Set<Integer> COMPARISONS =
      Set.of(IvnLexer.LT, IvnLexer.LE, IvnLexer.GT, IvnLexer.GE, IvnLexer.EQ, IvnLexer.NE);
  private static final Set<Integer> ARITHMETIC =
      Set.of(IvnLexer.PLUS, IvnLexer.MINUS, IvnLexer.STAR, IvnLexer.SLASH);

  private Cures() {}

  static Optional<String> of(Parser parser, TokenStream tokens, Token found, IntervalSet expected) {
    int type = found.getType();
    boolean number = type == IvnLexer.INT || type == IvnLexer.FLOAT;
    if (number && Recovery.isIn(parser, IvnParser.RULE_golden)) {
      return Optional.of("write `within " + found.getText() + "`");
    }
    boolean word = type == IvnLexer.NAME || Expected.isWord(type);
    if (word) {
      Optional<String> near = Suggestions.didYouMean(found.getText(), Expected.words(expected));
      if (near.isPresent()) {
        return near;
      }
    }
    return Optional.ofNullable(cure(tokens, found, expected, word));
  }

  private static String cure(TokenStream tokens, Token found, IntervalSet expected, boolean word) {
    int type = found.getType();
    boolean names = Expected.allowsName(expected);
    if (type == IvnLexer.ASSIGN && expected.contains(IvnLexer.EQ)) {
      return "equality is written `==`";
    } else if (type == IvnLexer.EQ && expected.contains(IvnLexer.ASSIGN)) {
      return "write `=`";
    } else if (type == IvnLexer.ARROW && expected.contains(IvnLexer.LT)) {
      return "a comparison with a negative number is written `< -`";
    } else if (COMPARISONS.contains(type) && expected.contains(IvnLexer.PLUS)) {
      return "comparisons do not chain: write `a < b and b < c`";
    } else if (ARITHMETIC.contains(type) && followsPosition(tokens, found)) {
      return "arithmetic after `@` stands in parentheses: `@ (pos " + found.getText() + " 1)`";
    } else if (names && startsWord(tokens, found)) {
      return "a name does not start with a digit";
    } else if (word && followsNumber(tokens, found)) {
      return "a name does not start with a digit";
    } else if (word && expected.contains(IvnLexer.STRING) && !names) {
      return "a text stands in double quotes";
    } else if (type == IvnLexer.STRING && names && !expected.contains(IvnLexer.STRING)) {
      return "a name stands without quotes";
    } else if (type == IvnLexer.DOT && expected.contains(IvnLexer.INT)) {
      return "a number starts with a digit: `0.5`";
    } else if (type == IvnLexer.STAR && isStar(tokens, found)) {
      return "there is no operator for powers";
    }
    return null;
  }

  private static boolean isStar(TokenStream tokens, Token found) {
    Token before = Layout.previous(tokens, found.getTokenIndex());
    return before != null && before.getType() == IvnLexer.STAR;
  }

  private static boolean startsWord(TokenStream tokens, Token found) {
    int next = found.getTokenIndex() + 1;
    return found.getType() == IvnLexer.INT
        && tokens.get(next).getType() == IvnLexer.NAME
        && tokens.get(next).getStartIndex() == found.getStopIndex() + 1;
  }

  private static boolean followsNumber(TokenStream tokens, Token found) {
    Token before = Layout.previous(tokens, found.getTokenIndex());
    return before != null
        && (before.getType() == IvnLexer.INT || before.getType() == IvnLexer.FLOAT)
        && before.getStopIndex() + 1 == found.getStartIndex();
  }

  /** Whether a token follows {@code @} and one simple value. */
  private static boolean followsPosition(TokenStream tokens, Token found) {
    Token before = Layout.previous(tokens, found.getTokenIndex());
    if (before == null) {
      return false;
    }
    Token sign = Layout.previous(tokens, before.getTokenIndex());
    return sign != null && sign.getType() == IvnLexer.AT;
  }
}
