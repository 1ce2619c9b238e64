package org.intervene.read;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** Stops the generated parser before hostile nesting exhausts the stack. */
abstract class DepthGuard extends Parser {
  /** Grammar rules inside each other; one bracket of an expression takes about a dozen. */
  private static final int DEEPEST = 2_000;

  private int depth;

  DepthGuard(TokenStream input) {
    super(input);
  }

  /** Thrown where the nesting is too deep. */
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Token token;

    TooDeep(Token token) {
      super("nested too deeply", null, false, false);
      this.token = token;
    }

    Token token() {
      return token;
    }
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    super.enterRule(context, state, rule);
    if (++depth > DEEPEST) {
      throw new TooDeep(getCurrentToken());
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
  }
}
