package org.intervene.read;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Which plain scalars are numbers. */
final class YamlNumbers {
  /** What the language itself writes; no leading zeros, which YAML takes for octal. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** What YAML 1.1 or 1.2 takes for a number besides. */
  private static final Pattern LOOKALIKE =
      Pattern.compile(
          "[-+]?([0-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|\\.(inf|Inf|INF))"
              + "|[-+]?([0-9][0-9_]*\\.[0-9_]*|\\.[0-9_]+)([eE][-+]?[0-9]+)?"
              + "|[-+][0-9]+([eE][-+]?[0-9]+)?"
              + "|\\.(nan|NaN|NAN)");

  private YamlNumbers() {}

  static boolean isNumber(ScalarNode scalar) {
    return scalar.isPlain() && isNumber(scalar.getValue());
  }

  static boolean isNumber(String plain) {
    return NUMBER.matcher(plain).matches();
  }

  static boolean looksLikeNumber(ScalarNode scalar) {
    return scalar.isPlain() && looksLikeNumber(scalar.getValue());
  }

  static boolean looksLikeNumber(String plain) {
    return LOOKALIKE.matcher(plain).matches();
  }
}
