package org.intervene.read;

import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Names;
import org.intervene.diagnostic.Span;

/** Reports what the lexer found wrong, and brackets that are nested beyond any use. */
final class TokenCheck {
  private static final int DEEPEST = 100;

  /** Operators of other languages, and what they are here. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "&&", "write `and`",
          "||", "write `or`",
          "&", "write `and`",
          "|", "write `or`",
          "!", "write `not`",
          ";", "statements and clauses need nothing between them",
          "%", "there is no remainder operator",
          "^", "there is no operator for powers",
          "$", "a name stands without a sign in front of it");

  private final List<Token> tokens;
  private final Positions positions;
  private final Problems problems;
  private boolean tooComplex;

  TokenCheck(List<Token> tokens, Positions positions, Problems problems) {
    this.tokens = tokens;
    this.positions = positions;
    this.problems = problems;
  }

  boolean tooComplex() {
    return tooComplex;
  }

  void report() {
    int depth = 0;
    for (int i = 0; i < tokens.size() && !tooComplex; i++) {
      Token token = tokens.get(i);
      switch (token.getType()) {
        case IvnLexer.LPAREN, IvnLexer.LBRACK, IvnLexer.LBRACE -> depth++;
        case IvnLexer.RPAREN, IvnLexer.RBRACK, IvnLexer.RBRACE -> depth--;
        default -> mistake(i);
      }
      if (depth > DEEPEST) {
        reportTooComplex(token, true);
      }
    }
  }

  /** Ends the reading at a token. */
  void reportTooComplex(Token token, boolean deep) {
    tooComplex = true;
    problems.add(
        Ids.TOO_COMPLEX,
        span(token),
        deep ? "nested too deeply" : "this is too long for one clause",
        deep
            ? "at most " + DEEPEST + " brackets may be open at once"
            : "put long lists into a data file, and split long expressions into several metrics");
  }

  private void mistake(int index) {
    Token token = tokens.get(index);
    switch (token.getType()) {
      case IvnLexer.UNTERMINATED ->
          problems.add(
              Ids.TEXT,
              span(token),
              "this text has no closing quote in its line",
              "close it with `\"`; a line end inside a text is written `\\n`");
      case IvnLexer.SINGLE_QUOTED, IvnLexer.CURLY_QUOTED ->
          problems.add(
              Ids.TEXT, span(token), "a text stands in straight double quotes", straight(token));
      case IvnLexer.SLASHES ->
          problems.add(Ids.COMMENT, span(token), "a comment starts with `#`, not `//`");
      case IvnLexer.STRAY -> stray(index);
      case IvnLexer.NAME -> {
        if (token.getText().length() > Names.LONGEST) {
          String name = NameCheck.shortened(token.getText());
          problems.add(Ids.NAME, span(token), "`" + name + "` cannot be a name", NameCheck.rule());
        }
      }
      default -> {}
    }
  }

  private static String straight(Token token) {
    String text = token.getText();
    return "write `\"" + text.substring(1, text.length() - 1) + "\"`";
  }

  /** One problem for each stretch of characters that no token begins with. */
  private void stray(int index) {
    Token token = tokens.get(index);
    if (index > 0 && adjoin(tokens.get(index - 1), token)) {
      return;
    }
    int last = index;
    while (last + 1 < tokens.size() && adjoin(tokens.get(last), tokens.get(last + 1))) {
      last++;
    }
    int code = token.getText().codePointAt(0);
    String shown =
        last > index || Character.isLetterOrDigit(code) || isVisible(code)
            ? "`" + token.getText() + "`"
            : "this character";
    String text = textOf(index, last);
    String help =
        INSTEAD.getOrDefault(
            text, "outside a text in quotes there are only names, numbers, brackets and operators");
    problems.add(
        Ids.CHARACTER,
        positions.span(token.getStartIndex(), tokens.get(last).getStopIndex() + 1),
        INSTEAD.containsKey(text)
            ? "`" + text + "` has no meaning here"
            : String.format("%s (U+%04X) has no meaning here", shown, code),
        help);
  }

  private String textOf(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append(tokens.get(i).getText());
    }
    return text.toString();
  }

  private static boolean adjoin(Token first, Token second) {
    return first.getType() == IvnLexer.STRAY
        && second.getType() == IvnLexer.STRAY
        && second.getStartIndex() == first.getStopIndex() + 1;
  }

  private static boolean isVisible(int code) {
    return !Character.isISOControl(code)
        && !Character.isSpaceChar(code)
        && Character.getType(code) != Character.FORMAT
        && Character.isDefined(code);
  }

  private Span span(Token token) {
    return positions.span(
        token.getStartIndex(), Math.max(token.getStopIndex() + 1, token.getStartIndex()));
  }
}
