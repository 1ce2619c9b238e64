package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Which tokens would have been right, and how to say so. */
final class Expected {
  private static final int MOST = 6;
  private static final String OPERATOR = "an operator";
  private static final String NEW_CLAUSE = "a new clause";
  private static final Set<Integer> OPERATORS =
      Set.of(
          IvnLexer.PLUS,
          IvnLexer.MINUS,
          IvnLexer.STAR,
          IvnLexer.SLASH,
          IvnLexer.LT,
          IvnLexer.LE,
          IvnLexer.GT,
          IvnLexer.GE,
          IvnLexer.EQ,
          IvnLexer.NE,
          IvnLexer.AND,
          IvnLexer.OR);
  private static final Set<Integer> EXPRESSION =
      Set.of(
          IvnLexer.NAME,
          IvnLexer.INT,
          IvnLexer.FLOAT,
          IvnLexer.STRING,
          IvnLexer.LPAREN,
          IvnLexer.LBRACK,
          IvnLexer.LBRACE,
          IvnLexer.MINUS,
          IvnLexer.NOT,
          IvnLexer.IF);

  /** What may go on where something could as well end: not worth saying beside the rest. */
  private static final Set<Integer> CONTINUATIONS =
      Set.of(
          IvnLexer.DOT,
          IvnLexer.LBRACK,
          IvnLexer.AT,
          IvnLexer.LPAREN,
          IvnLexer.ARROW,
          IvnLexer.RANGE,
          IvnLexer.COLON);

  private Expected() {}

  /** The tokens that could have stood where the error is. */
  static IntervalSet at(Parser parser, RecognitionException error) {
    if (error instanceof NoViableAltException none && none.getDeadEndConfigs() != null) {
      IntervalSet expected = new IntervalSet();
      for (ATNConfig config : none.getDeadEndConfigs()) {
        for (Transition transition : config.state.getTransitions()) {
          if (!transition.isEpsilon() && transition.label() != null) {
            expected.addAll(transition.label());
          }
        }
      }
      if (!expected.isNil()) {
        return expected;
      }
    }
    return parser.getExpectedTokens();
  }

  /** Whether any name may stand here, so that no particular word is wanted. */
  static boolean allowsName(IntervalSet expected) {
    return expected.contains(IvnLexer.NAME);
  }

  /** The words that are wanted here, not as names. */
  static List<String> words(IntervalSet expected) {
    return expected.toList().stream()
        .filter(type -> isWord(type) && !(allowsName(expected) && mayBeName(type)))
        .map(Expected::spelled)
        .toList();
  }

  /** What would have been right, in a few words; empty where the list would help nobody. */
  static List<String> described(IntervalSet expected) {
    Set<Integer> rest = new TreeSet<>(expected.toSet());
    List<String> all = new ArrayList<>();
    boolean names = allowsName(expected);
    if (names) {
      rest.removeIf(type -> isWord(type) && mayBeName(type));
    }
    if (names && rest.contains(IvnLexer.LPAREN) && rest.contains(IvnLexer.INT)) {
      all.add("an expression");
      rest.removeAll(EXPRESSION);
    } else if (names) {
      all.add("a name");
      rest.remove(IvnLexer.NAME);
    } else if (rest.contains(IvnLexer.METRIC) && rest.contains(IvnLexer.RUN)) {
      all.add(NEW_CLAUSE);
      rest.removeIf(Layout::isClauseWord);
    } else if (rest.contains(IvnLexer.ZERO) && rest.contains(IvnLexer.PATCH)) {
      all.add("a statement");
      rest.removeIf(Layout::isStatementWord);
    }
    if (rest.contains(IvnLexer.PLUS) && rest.contains(IvnLexer.STAR)) {
      all.add(0, OPERATOR);
      rest.removeAll(OPERATORS);
    }
    texts(rest, all);
    boolean range = rest.contains(IvnLexer.RANGE);
    if (!all.isEmpty() || !CONTINUATIONS.containsAll(rest)) {
      rest.removeAll(CONTINUATIONS);
    }
    if (range && rest.isEmpty() && all.equals(List.of(OPERATOR))) {
      rest.add(IvnLexer.RANGE);
    }
    rest.stream().filter(type -> type > 0).forEach(type -> all.add("`" + spelled(type) + "`"));
    if (rest.contains(Token.EOF) && !all.contains(NEW_CLAUSE)) {
      all.add("the end");
    }
    return all.size() > MOST ? List.of() : all;
  }

  private static void texts(Set<Integer> rest, List<String> all) {
    if (rest.remove(IvnLexer.STRING)) {
      all.add("a text in quotes");
    }
    rest.removeAll(Set.of(IvnLexer.UNTERMINATED, IvnLexer.SINGLE_QUOTED, IvnLexer.CURLY_QUOTED));
    if (rest.remove(IvnLexer.INT)) {
      all.add(rest.remove(IvnLexer.FLOAT) ? "a number" : "a whole number");
    }
  }

  static boolean isWord(int type) {
    return type >= IvnLexer.ALL && type < IvnLexer.NAME;
  }

  /** Whether a word of the language may be a name: all but the reserved ones. */
  static boolean mayBeName(int type) {
    return type > IvnLexer.THEN && type < IvnLexer.NAME;
  }

  static String spelled(int type) {
    String literal = IvnLexer.VOCABULARY.getLiteralName(type);
    return literal.substring(1, literal.length() - 1);
  }
}
