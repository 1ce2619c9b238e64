package org.intervene.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Runs the generated parser over one text: first the fast way, which is enough for every correct
 * text, and only where that fails the thorough way that explains and recovers.
 */
final class Parsing {
  private Parsing() {}

  /**
   * The outcome.
   *
   * @param tree absent if nothing could be made of the text; parts that carry an exception are
   *     broken and already reported
   */
  record Parsed<C extends ParserRuleContext>(Optional<C> tree, List<Token> comments) {}

  static <C extends ParserRuleContext> Parsed<C> parse(
      String text, Positions positions, Problems problems, Function<IvnParser, C> rule) {
    IvnLexer lexer = new IvnLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    TokenCheck check = new TokenCheck(tokens.getTokens(), positions, problems);
    check.report();
    List<Token> comments =
        tokens.getTokens().stream().filter(t -> t.getChannel() == IvnLexer.COMMENTS).toList();
    if (check.tooComplex()) {
      return new Parsed<>(Optional.empty(), comments);
    }
    try {
      C tree = fast(tokens, rule).orElseGet(() -> thorough(tokens, positions, problems, rule));
      return new Parsed<>(Optional.ofNullable(tree), comments);
    } catch (DepthGuard.TooComplex wrong) {
      check.reportTooComplex(wrong.token(), wrong.deep());
      return new Parsed<>(Optional.empty(), comments);
    }
  }

  private static <C> Optional<C> fast(CommonTokenStream tokens, Function<IvnParser, C> rule) {
    IvnParser parser = new IvnParser(tokens);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return Optional.of(rule.apply(parser));
    } catch (ParseCancellationException failed) {
      return Optional.empty();
    }
  }

  private static <C> C thorough(
      CommonTokenStream tokens,
      Positions positions,
      Problems problems,
      Function<IvnParser, C> rule) {
    tokens.seek(0);
    IvnParser parser = new IvnParser(tokens);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    parser.setErrorHandler(new Recovery(new Complaints(tokens, positions, problems)));
    try {
      return rule.apply(parser);
    } catch (RecognitionException | ParseCancellationException reported) {
      return null;
    }
  }
}
