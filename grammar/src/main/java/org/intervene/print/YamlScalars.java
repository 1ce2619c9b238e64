package org.intervene.print;

import java.util.regex.Pattern;
import org.intervene.diagnostic.Unprintable;

/** Decides how a scalar is written so that every YAML reader takes it for the text that it is. */
final class YamlScalars {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Words, numbers and dates that YAML 1.1 or 1.2 takes for something else than a text. */
  private static final Pattern OTHER_TYPE =
      Pattern.compile(
          "(?i)~|null|true|false|yes|no|on|off|y|n"
              + "|[-+.]?[0-9][-+.:_,0-9a-fox]*|[-+]?\\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

  /** First characters that begin nothing but a plain text. */
  private static final Pattern START = Pattern.compile("^[\\p{L}\\p{Nd}_(/].*", Pattern.DOTALL);

  private static final Pattern FLOW = Pattern.compile("[,\\[\\]{}?:]");

  private YamlScalars() {}

  /** A text, plain where that is safe. */
  static String text(String text, boolean inFlow) {
    return isPlain(text, inFlow) && text.indexOf(':') < 0 ? text : Quotes.yamlDouble(text);
  }

  /** One line of the language itself, plain where that is safe. */
  static String code(String line, boolean inFlow) {
    return isPlainCode(line, inFlow) ? line : Quotes.yamlSingle(line);
  }

  static boolean isPlainCode(String line, boolean inFlow) {
    return NUMBER.matcher(line).matches() || isRange(line) || isPlain(line, inFlow);
  }

  /** {@code 0..5} looks like a number to the cautious pattern only. */
  private static boolean isRange(String line) {
    return line.matches("[0-9]+\\.\\.[0-9]+");
  }

  /** A key that the author chose. */
  static String key(String name) {
    return OTHER_TYPE.matcher(name).matches() ? Quotes.yamlDouble(name) : name;
  }

  private static boolean isPlain(String text, boolean inFlow) {
    boolean safe =
        START.matcher(text).matches()
            && !OTHER_TYPE.matcher(text).matches()
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.endsWith(":")
            && !text.endsWith(" ");
    return safe
        && !(inFlow && FLOW.matcher(text).find())
        && text.codePoints().allMatch(Unprintable::fits);
  }
}
