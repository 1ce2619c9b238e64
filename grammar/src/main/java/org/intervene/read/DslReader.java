package org.intervene.read;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;

/** Reads the DSL. */
final class DslReader {
  private DslReader() {}

  static Reading read(SourceText source) {
    Problems problems = new Problems();
    Positions positions = Positions.of(source);
    Parsing.Parsed<IvnParser.SpecContext> parsed =
        Parsing.parse(source.text(), positions, problems, IvnParser::spec);
    Optional<Spec> spec =
        parsed.tree().flatMap(tree -> build(tree, source, new Places(positions, problems)));
    Comments comments =
        spec.map(s -> attach(source, parsed.comments(), s)).orElseGet(Comments::none);
    return new Reading(source, spec, problems.sorted(source.name()), comments);
  }

  private static Optional<Spec> build(
      IvnParser.SpecContext tree, SourceText source, Places places) {
    SpecDraft draft = new SpecDraft(places.problems(), Notation.IVN);
    Clauses clauses = new Clauses(places, draft);
    tree.clause().forEach(clauses::add);
    return draft.finish(source.span(0, source.length()));
  }

  private static Comments attach(SourceText source, List<Token> tokens, Spec spec) {
    CommentPlacing placing = new CommentPlacing(source, spec);
    for (Token token : tokens) {
      int offset = token.getStartIndex();
      placing.add(offset, source.isFirstInLine(offset), token.getText());
    }
    return placing.comments();
  }
}
