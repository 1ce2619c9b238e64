package org.intervene.read;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Names;
import org.intervene.diagnostic.Span;

/** Reports what the lexer found wrong, and brackets that are nested beyond any use. */
final class TokenCheck {
  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private final Positions positions;
  private final Problems problems;
  private boolean tooDeep;

  TokenCheck(List<Token> tokens, Positions positions, Problems problems) {
    this.tokens = tokens;
    this.positions = positions;
    this.problems = problems;
  }

  boolean tooDeep() {
    return tooDeep;
  }

  void report() {
    int depth = 0;
    for (int i = 0; i < tokens.size() && !tooDeep; i++) {
      Token token = tokens.get(i);
      switch (token.getType()) {
        case IvnLexer.LPAREN, IvnLexer.LBRACK, IvnLexer.LBRACE -> depth++;
        case IvnLexer.RPAREN, IvnLexer.RBRACK, IvnLexer.RBRACE -> depth--;
        default -> mistake(i);
      }
      if (depth > DEEPEST) {
        reportTooDeep(token);
      }
    }
  }

  void reportTooDeep(Token token) {
    tooDeep = true;
    problems.add(
        Ids.TOO_DEEP,
        span(token),
        "nested too deeply",
        "at most " + DEEPEST + " brackets may be open at once");
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
    problems.add(
        Ids.CHARACTER,
        positions.span(token.getStartIndex(), tokens.get(last).getStopIndex() + 1),
        String.format("%s (U+%04X) has no meaning here", shown, code),
        "outside a text in quotes there are only names, numbers, brackets and operators");
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
