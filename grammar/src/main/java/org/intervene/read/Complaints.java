package org.intervene.read;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;

/** Says what a syntax error is in the language's own words. */
final class Complaints {
  private final CommonTokenStream tokens;
  private final Positions positions;
  private final Problems problems;

  Complaints(CommonTokenStream tokens, Positions positions, Problems problems) {
    this.tokens = tokens;
    this.positions = positions;
    this.problems = problems;
  }

  void add(Parser parser, RecognitionException error, IntervalSet expected) {
    Token found = error.getOffendingToken();
    List<String> described = Expected.described(expected);
    String wanted = described.isEmpty() ? "" : ", expected " + either(described);
    List<String> help = new ArrayList<>();
    if (found.getType() == IvnLexer.NAME || Expected.isWord(found.getType())) {
      Suggestions.didYouMean(found.getText(), Expected.words(expected)).ifPresent(help::add);
    }
    problems.add(
        Ids.UNEXPECTED,
        span(found),
        "unexpected " + name(found) + wanted,
        help.toArray(String[]::new));
  }

  private static String either(List<String> things) {
    int last = things.size() - 1;
    return last == 0
        ? things.get(0)
        : String.join(", ", things.subList(0, last)) + " or " + things.get(last);
  }

  private static String name(Token token) {
    return token.getType() == Token.EOF ? "end" : "`" + token.getText() + "`";
  }

  private Span span(Token token) {
    int from = token.getStartIndex();
    return positions.span(from, Math.max(from, token.getStopIndex() + 1));
  }
}
