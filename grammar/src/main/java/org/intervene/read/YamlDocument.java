package org.intervene.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.intervene.ast.Comments;
import org.intervene.ast.Spec;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.CommentToken;
import org.yaml.snakeyaml.tokens.DocumentStartToken;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.TagToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * A YAML file as a tree of nodes, and its comments. Nothing is constructed: tags are refused, keys
 * and scalars keep their text.
 */
record YamlDocument(Node root, List<YamlTexts.Comment> comments) {
  private static final int DEEPEST = 20;
  private static final Set<Token.ID> BEFORE_CONTENT =
      EnumSet.of(Token.ID.StreamStart, Token.ID.Comment, Token.ID.Directive);
  private static final int MOST_ALIASES = 1_000;

  static Optional<YamlDocument> compose(SourceText source, Problems problems) {
    try {
      List<YamlTexts.Comment> comments = scan(source, problems);
      if (problems.any()) {
        return Optional.empty();
      }
      ParserImpl parser = new ParserImpl(new StreamReader(source.text()), options());
      Node root = new Composer(parser, new Resolver(), options()).getSingleNode();
      if (root == null) {
        problems.add(
            Ids.MISSING_CLAUSE,
            source.span(0, 0),
            "this file is empty",
            "a spec has at least an experiment's name, a model and a run");
        return Optional.empty();
      }
      AliasBound.check(root, source, problems);
      return problems.any() ? Optional.empty() : Optional.of(new YamlDocument(root, comments));
    } catch (MarkedYAMLException wrong) {
      problems.add(YamlMistakes.explain(wrong, source));
    } catch (ReaderException wrong) {
      problems.add(YamlMistakes.explain(wrong, source));
    } catch (YAMLException wrong) {
      problems.add(YamlMistakes.explain(wrong, source));
    }
    return Optional.empty();
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(2 * DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    return options;
  }

  /** Reads the tokens once for what the node tree does not keep: comments, tags and documents. */
  private static List<YamlTexts.Comment> scan(SourceText source, Problems problems) {
    LoaderOptions options = options().setProcessComments(true);
    ScannerImpl scanner = new ScannerImpl(new StreamReader(source.text()), options);
    List<YamlTexts.Comment> comments = new ArrayList<>();
    boolean content = false;
    int depth = 0;
    while (!scanner.checkToken(Token.ID.StreamEnd)) {
      Token token = scanner.getToken();
      int at = token.getStartMark().getIndex();
      depth += step(token);
      if (depth > DEEPEST) {
        problems.add(
            Ids.TOO_COMPLEX,
            source.span(at, at),
            "nested too deeply",
            "at most " + DEEPEST + " levels may be inside each other");
        return comments;
      }
      if (token instanceof CommentToken comment
          && comment.getCommentType() != CommentType.BLANK_LINE) {
        String text = "#" + comment.getValue();
        comments.add(new YamlTexts.Comment(at, source.isFirstInLine(at), text));
      } else if (token instanceof ScalarToken scalar) {
        moveBehind(scalar, source, comments);
      } else if (token instanceof TagToken) {
        problems.add(
            Ids.YAML_TAG,
            source.span(at, token.getEndMark().getIndex()),
            "tags are not part of this notation",
            "quote a text, and write a number without quotes");
      } else if (token instanceof DocumentStartToken && content) {
        Span place = source.span(at, token.getEndMark().getIndex());
        problems.add(YamlMistakes.severalDocuments(place));
        return comments;
      }
      content |= !BEFORE_CONTENT.contains(token.getTokenId());
    }
    return comments;
  }

  private static int step(Token token) {
    return switch (token.getTokenId()) {
      case BlockMappingStart, BlockSequenceStart, FlowMappingStart, FlowSequenceStart -> 1;
      case BlockEnd, FlowMappingEnd, FlowSequenceEnd -> -1;
      default -> 0;
    };
  }

  /**
   * A comment in the header of a literal or folded scalar, whose token comes just before, stands
   * behind the value, as it would if the value were in one line.
   */
  private static void moveBehind(
      ScalarToken scalar, SourceText source, List<YamlTexts.Comment> comments) {
    int start = scalar.getStartMark().getIndex();
    int last = comments.size() - 1;
    if (last >= 0 && comments.get(last).offset() > start) {
      int end = source.trimEnd(start, scalar.getEndMark().getIndex());
      comments.set(last, new YamlTexts.Comment(end, false, comments.get(last).text()));
    }
  }

  /** Gives every comment of the file its place in a spec. */
  Comments place(SourceText source, Spec spec, List<YamlTexts.Comment> inTexts) {
    CommentPlacing placing = new CommentPlacing(source, spec);
    Stream.concat(comments.stream(), inTexts.stream())
        .sorted(Comparator.comparingInt(YamlTexts.Comment::offset))
        .forEach(comment -> placing.add(comment.offset(), comment.ownLine(), comment.text()));
    return placing.comments();
  }
}
