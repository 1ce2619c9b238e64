package org.intervene.read;

import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.SourceText;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words what keeps a file from being YAML. */
final class YamlMistakes {
  private YamlMistakes() {}

  static Diagnostic explain(MarkedYAMLException wrong, SourceText source) {
    int at = Math.min(wrong.getProblemMark().getIndex(), source.length());
    return Diagnostic.error(
        Ids.YAML_SYNTAX, source.span(at, at), "this is not YAML: " + wrong.getProblem());
  }

  static Diagnostic explain(ReaderException wrong, SourceText source) {
    int at = Math.min(wrong.getPosition(), source.length());
    return Diagnostic.error(
        Ids.CHARACTER,
        source.span(at, Math.min(at + 1, source.length())),
        String.format("YAML has no place for the character U+%04X", wrong.getCodePoint()),
        "in a text between double quotes it is written as an escape");
  }

  static Diagnostic explain(YAMLException wrong, SourceText source) {
    String message = String.valueOf(wrong.getMessage());
    boolean deep = message.contains("Nesting Depth");
    return Diagnostic.error(
        deep ? Ids.TOO_DEEP : Ids.YAML_ALIAS,
        source.span(0, 0),
        deep ? "nested too deeply" : "this file has too many aliases");
  }
}
