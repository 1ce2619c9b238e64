package org.intervene.read;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** Stops the generated parser before a hostile text exhausts the stack or the memory. */
abstract class DepthGuard extends Parser {
  /** Grammar rules inside each other; one bracket of an expression takes about a dozen. */
  private static final int DEEPEST = 2_000;

  /** Values and dotted parts of one clause; rows of data do not count. */
  private static final int MOST_VALUES = 20_000;

  private int depth;
  private int values;

  DepthGuard(TokenStream input) {
    super(input);
  }

  /** Thrown where a text goes beyond what anyone writes. */
  static final class TooComplex extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Token token;
    private final boolean deep;

    TooComplex(Token token, boolean deep) {
      super("too complex", null, false, false);
      this.token = token;
      this.deep = deep;
    }

    Token token() {
      return token;
    }

    /** Whether it is the nesting rather than the length. */
    boolean deep() {
      return deep;
    }
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    super.enterRule(context, state, rule);
    if (++depth > DEEPEST) {
      throw new TooComplex(getCurrentToken(), true);
    }
    switch (rule) {
      case IvnParser.RULE_clause -> values = 0;
      case IvnParser.RULE_unary, IvnParser.RULE_tight, IvnParser.RULE_part -> values++;
      default -> {}
    }
    if (values > MOST_VALUES) {
      throw new TooComplex(getCurrentToken(), false);
    }
  }

  @Override
  public void exitRule() {
    super.exitRule();
    depth--;
  }

  @Override
  public void reset() {
    super.reset();
    depth = 0;
    values = 0;
  }
}
