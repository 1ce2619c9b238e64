package org.intervene.read;

import java.util.List;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;
import org.intervene.diagnostic.Span;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words what keeps a file from being YAML. */
final class YamlMistakes {
  private static final String QUOTE = "put the whole value in single quotes";

  /**
   * What the YAML library says, what that means, and the cure.
   *
   * @param atStart whether it is best shown where the broken thing begins
   */
  private record Mistake(String problem, String message, String help, boolean atStart) {
    Mistake(String problem, String message, String help) {
      this(problem, message, help, false);
    }
  }

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              "\\t(TAB)' that cannot start", "a tab is used for indentation", "indent with spaces"),
          new Mistake(
              "that cannot start any token", "a value cannot start with this character", QUOTE),
          new Mistake(
              "mapping values are not allowed here",
              "this `:` would start a value inside of a value",
              "put a value that contains `: ` in single quotes, or correct the indentation"),
          new Mistake(
              "could not find expected ':'",
              "this line is neither a key with a value nor part of the value above",
              "write `key: value`, or indent it",
              true),
          new Mistake(
              "found unexpected end of stream",
              "this text has no closing quote",
              "close the quote",
              true),
          new Mistake(
              "found unknown escape character",
              "this is no escape of a text in double quotes",
              "in single quotes a backslash is an ordinary character"),
          new Mistake(
              "hexadecimal numbers",
              "this escape needs more hexadecimal digits",
              "`\\x` takes two digits, `\\u` four, `\\U` eight"),
          new Mistake(
              "entries are not allowed here",
              "a list item cannot stand here",
              "indent the `-` like the items above, below its key"),
          new Mistake(
              "found undefined alias",
              "this alias has no anchor above it",
              "a value that starts with `*` needs single quotes"),
          new Mistake(
              "expected alphabetic or numeric character",
              "this is no alias or anchor",
              "a value that starts with `*` or `&` needs single quotes"),
          new Mistake(
              "but found '<scalar>'",
              "this does not belong to the value before it",
              "a value that starts with a quote ends with that quote: put the whole value in single"
                  + " quotes; or correct the indentation"),
          new Mistake(
              "but found '<block mapping start>'",
              "this line is indented more than its neighbours",
              "give all keys of a mapping the same indentation"),
          new Mistake(
              "expected <block end>",
              "this does not belong to the value before it",
              "correct the indentation, or put the value in single quotes"),
          new Mistake(
              "expected the node content",
              "a value is missing here",
              "a value that starts with a bracket, comma or other sign needs quotes"));

  private YamlMistakes() {}

  static Diagnostic explain(MarkedYAMLException wrong, SourceText source) {
    String problem = String.valueOf(wrong.getProblem());
    Span place = at(wrong.getProblemMark(), source);
    if (problem.startsWith("expected ',' or ")) {
      String closer = problem.substring("expected ',' or ".length()).substring(1, 2);
      return unclosed(closer, wrong.getContextMark(), place, source);
    }
    if (problem.contains("another document") || problem.contains("'<document start>'")) {
      return severalDocuments(place);
    }
    for (Mistake mistake : MISTAKES) {
      if (problem.contains(mistake.problem)) {
        boolean began = mistake.atStart && wrong.getContextMark() != null;
        Span at = began ? at(wrong.getContextMark(), source) : place;
        return Diagnostic.error(Ids.YAML_SYNTAX, at, mistake.message, mistake.help);
      }
    }
    return Diagnostic.error(Ids.YAML_SYNTAX, place, "this is not YAML: " + problem, QUOTE);
  }

  private static Diagnostic unclosed(String closer, Mark open, Span place, SourceText source) {
    String opener = closer.equals("]") ? "[" : "{";
    String line = open == null ? "" : " that is opened in line " + at(open, source).line();
    return Diagnostic.error(
        Ids.YAML_SYNTAX,
        place,
        "`,` or `" + closer + "` is missing before this, in the `" + opener + "`" + line,
        "between brackets, a value with `,`, `[`, `]`, `{`, `}` or quotes needs single quotes");
  }

  static Diagnostic severalDocuments(Span place) {
    return Diagnostic.error(
        Ids.YAML_DOCUMENTS, place, "a second document starts here", "one file is one experiment");
  }

  private static Span at(Mark mark, SourceText source) {
    int offset = Math.min(mark.getIndex(), source.length());
    return source.span(offset, offset);
  }

  static Diagnostic explain(ReaderException wrong, SourceText source) {
    int at = Math.min(wrong.getPosition(), source.length());
    return Diagnostic.error(
        Ids.CHARACTER,
        source.span(at, Math.min(at + 1, source.length())),
        String.format("YAML has no place for the character U+%04X", wrong.getCodePoint()),
        "in a text between double quotes it is written as an escape");
  }

  /** What the composer refuses without saying where. */
  static Diagnostic explain(YAMLException wrong, SourceText source) {
    return Diagnostic.error(
        Ids.YAML_ALIAS,
        source.span(0, 0),
        "this file has too many aliases: " + wrong.getMessage(),
        "write the values out");
  }
}
