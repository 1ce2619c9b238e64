package org.intervene.read;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.intervene.diagnostic.Span;
import org.intervene.diagnostic.Suggestions;

/** Says what a syntax error is in the language's own words: first the mistakes that have a name. */
final class Complaints {
  private final CommonTokenStream tokens;
  private final Positions positions;
  private final Problems problems;

  Complaints(CommonTokenStream tokens, Positions positions, Problems problems) {
    this.tokens = tokens;
    this.positions = positions;
    this.problems = problems;
  }

  /**
   * Reports one error.
   *
   * @param found the first token that does not fit
   * @param expected the tokens that would have
   * @throws ParseCancellationException if no further problem would be kept
   */
  void add(Parser parser, Token found, IntervalSet expected) {
    boolean done =
        followsReported(found)
            || unclosed(found, expected)
            || unopened(found)
            || endsEarly(parser, found, expected)
            || misspelt(parser, found)
            || misspeltBefore(parser, found, expected)
            || reserved(found, expected);
    if (!done) {
      unexpected(parser, found, expected);
    }
    if (problems.full()) {
      throw new ParseCancellationException("too many problems");
    }
  }

  /** A character or text that was reported already is not worth a second message. */
  private boolean followsReported(Token found) {
    int before = found.getTokenIndex() - 1;
    if (before >= 0 && tokens.get(before).getType() == IvnLexer.STRAY) {
      return true;
    }
    Token visible = Layout.previous(tokens, found.getTokenIndex());
    return visible != null && visible.getType() == IvnLexer.UNTERMINATED;
  }

  private boolean unclosed(Token found, IntervalSet expected) {
    Optional<Token> open = Layout.innermostOpen(tokens, found.getTokenIndex());
    if (open.isEmpty() || !expected.contains(Layout.closer(open.get().getType()))) {
      return false;
    }
    int type = found.getType();
    boolean goesOn = Layout.opensLine(tokens, found.getTokenIndex());
    boolean newPart = goesOn && (Layout.isClauseWord(type) || Layout.isStatementWord(type));
    if (type != Token.EOF && !newPart && Layout.step(type) >= 0) {
      return false;
    }
    String bracket = Expected.spelled(open.get().getType());
    String closer = Expected.spelled(Layout.closer(open.get().getType()));
    problems.add(
        Ids.UNCLOSED,
        span(open.get()),
        "`" + bracket + "` is not closed",
        "`" + closer + "` is missing before " + described(found) + line(open.get(), found));
    return true;
  }

  private String line(Token open, Token found) {
    int line = span(found).line();
    return line == span(open).line() ? "" : " in line " + line;
  }

  private boolean unopened(Token found) {
    boolean closes = Layout.step(found.getType()) < 0;
    if (!closes || Layout.innermostOpen(tokens, found.getTokenIndex()).isPresent()) {
      return false;
    }
    problems.add(Ids.UNEXPECTED, span(found), described(found) + " closes nothing", "remove it");
    return true;
  }

  /**
   * The file or clause ends in the middle of something; the next clause's first word may even have
   * been taken for a name.
   */
  private boolean endsEarly(Parser parser, Token found, IntervalSet expected) {
    int start = Recovery.clauseStart(parser);
    Optional<Token> swallowed = Layout.swallowedClause(tokens, found.getTokenIndex(), start);
    boolean ends = ends(parser, found);
    Token next = swallowed.orElse(found);
    Token before = Layout.previous(tokens, next.getTokenIndex());
    if (before == null || !(ends || swallowed.isPresent())) {
      return false;
    }
    if (before.getType() == IvnLexer.UNTERMINATED) {
      return true;
    }
    List<String> right = swallowed.isPresent() ? List.of() : Expected.described(expected);
    String wanted = right.isEmpty() ? "something is missing" : "expected " + either(right);
    problems.add(Ids.UNEXPECTED, span(before), wanted + " after " + described(before));
    return true;
  }

  /** Whether a token can only belong to what follows. */
  private boolean ends(Parser parser, Token found) {
    int index = found.getTokenIndex();
    boolean inStatement = Recovery.isIn(parser, IvnParser.RULE_statement);
    boolean nextStatement =
        Layout.isStatementWord(found.getType()) && Layout.opensLine(tokens, index);
    return found.getType() == Token.EOF
        || Layout.startsClause(tokens, index)
        || (inStatement && (nextStatement || found.getType() == IvnLexer.RBRACE));
  }

  /** A misspelt word of the language that was taken for a name. */
  private boolean misspeltBefore(Parser parser, Token found, IntervalSet expected) {
    Token before = Layout.previous(tokens, found.getTokenIndex());
    List<String> words = Expected.words(expected);
    if (parser.getContext() instanceof IvnParser.TemplateLineContext line
        && !Layout.opensLine(tokens, line.getStart().getTokenIndex())) {
      before = line.getStart();
      words = List.of("distinct");
    }
    if (before == null || before.getType() != IvnLexer.NAME) {
      return false;
    }
    Optional<String> near = Suggestions.didYouMean(before.getText(), words);
    if (near.isPresent()) {
      problems.add(Ids.UNEXPECTED, span(before), "unexpected " + described(before), near.get());
    }
    return near.isPresent();
  }

  /** A line whose first word is nearly one that begins a clause or statement. */
  private boolean misspelt(Parser parser, Token found) {
    Token first = Layout.firstInLine(tokens, found.getTokenIndex());
    boolean inBody = Recovery.isIn(parser, IvnParser.RULE_body, IvnParser.RULE_statementText);
    boolean between =
        Recovery.isBetweenUnits(parser)
            || (inBody && Layout.previous(tokens, found.getTokenIndex()) == null);
    boolean alone = first == found && between && isPlainWord(found);
    if (first.getType() != IvnLexer.NAME && !alone) {
      return false;
    }
    if (!inBody && !Recovery.isIn(parser, IvnParser.RULE_spec)) {
      return false;
    }
    List<String> words = inBody ? Layout.statementWords() : Layout.clauseWords();
    List<String> near = Suggestions.near(first.getText(), words);
    if (!alone && (near.isEmpty() || Layout.continues(tokens, first.getTokenIndex()))) {
      return false;
    }
    problems.meant(near);
    problems.add(
        Ids.UNEXPECTED,
        span(first),
        "`" + first.getText() + "` begins no " + (inBody ? "statement" : "clause"),
        Suggestions.didYouMean(first.getText(), words)
            .orElse("one of `" + String.join("`, `", words) + "` may stand here"));
    return true;
  }

  private static boolean isPlainWord(Token token) {
    return token.getType() == IvnLexer.NAME || Expected.isWord(token.getType());
  }

  private boolean reserved(Token found, IntervalSet expected) {
    boolean word = Expected.isWord(found.getType()) && !Expected.mayBeName(found.getType());
    if (!word || !Expected.allowsName(expected)) {
      return false;
    }
    problems.add(
        Ids.RESERVED, span(found), NameCheck.reserved(found.getText()), NameCheck.allReserved());
    return true;
  }

  private void unexpected(Parser parser, Token found, IntervalSet expected) {
    List<String> right = Expected.described(expected);
    String wanted = right.isEmpty() ? "" : ", expected " + either(right);
    String[] help = Cures.of(parser, tokens, found, expected).stream().toArray(String[]::new);
    String what = isEmpty(found) ? "this text is empty" : "unexpected " + described(found);
    problems.add(Ids.UNEXPECTED, span(found), what + wanted, help);
  }

  private boolean isEmpty(Token found) {
    return found.getType() == Token.EOF && Layout.previous(tokens, found.getTokenIndex()) == null;
  }

  private static String either(List<String> things) {
    int last = things.size() - 1;
    return last == 0
        ? things.get(0)
        : String.join(", ", things.subList(0, last)) + " or " + things.get(last);
  }

  private static String described(Token token) {
    return token.getType() == Token.EOF
        ? "the end"
        : "`" + NameCheck.shortened(token.getText()) + "`";
  }

  private Span span(Token token) {
    int from = token.getStartIndex();
    return positions.span(from, Math.max(from, token.getStopIndex() + 1));
  }
}
