package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Which tokens would have been right, and how to say so. */
final class Expected {
  private static final int MOST = 6;
  private static final IntervalSet OPERATORS =
      IntervalSet.of(IvnLexer.LE, IvnLexer.GT); // narrowed below to what is an operator
  private static final IntervalSet NAMES = names();

  private Expected() {}

  private static IntervalSet names() {
    IntervalSet names = IntervalSet.of(IvnLexer.ABOUT, IvnLexer.NAME);
    return names;
  }

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

  /** The words that are wanted here; empty where any name may stand. */
  static List<String> words(IntervalSet expected) {
    List<String> words = new ArrayList<>();
    for (int type : expected.toList()) {
      if (isWord(type) && !(allowsName(expected) && NAMES.contains(type))) {
        words.add(spelled(type));
      }
    }
    return words;
  }

  /** {@code expected `on` or `for`}, or nothing where the list would help nobody. */
  static List<String> described(IntervalSet expected) {
    List<String> all = new ArrayList<>();
    if (allowsName(expected)) {
      all.add("a name");
    }
    if (expected.contains(IvnLexer.STRING)) {
      all.add("a text in quotes");
    }
    if (expected.contains(IvnLexer.INT)) {
      all.add(expected.contains(IvnLexer.FLOAT) ? "a number" : "a whole number");
    }
    words(expected).forEach(word -> all.add("`" + word + "`"));
    for (int type : expected.toList()) {
      if (type >= IvnLexer.RANGE && type <= IvnLexer.RBRACE) {
        all.add("`" + spelled(type) + "`");
      }
    }
    if (expected.contains(Token.EOF)) {
      all.add("the end");
    }
    return all.size() > MOST ? List.of() : all;
  }

  static boolean isWord(int type) {
    return type >= IvnLexer.ALL && type < IvnLexer.NAME;
  }

  static String spelled(int type) {
    String literal = IvnLexer.VOCABULARY.getLiteralName(type);
    return literal.substring(1, literal.length() - 1);
  }

  static Vocabulary vocabulary() {
    return IvnLexer.VOCABULARY;
  }
}
