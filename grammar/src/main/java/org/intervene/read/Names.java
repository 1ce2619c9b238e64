package org.intervene.read;

import java.util.List;
import java.util.regex.Pattern;
import org.intervene.ast.Word;

/** What may be a name, the same in both notations. */
final class Names {
  /** Operators spelled as words. */
  static final List<String> RESERVED = List.of("all", "and", "else", "if", "not", "or", "then");

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");

  private Names() {}

  /** Reports a word that cannot be a name. */
  static boolean check(Word word, boolean dotted, Problems problems) {
    for (String part : dotted ? word.text().split("\\.", -1) : new String[] {word.text()}) {
      if (RESERVED.contains(part)) {
        problems.add(
            Ids.RESERVED,
            word.span(),
            "`" + part + "` is an operator of the language and cannot be a name",
            "reserved are `" + String.join("`, `", RESERVED) + "`");
        return false;
      } else if (!NAME.matcher(part).matches()) {
        problems.add(
            Ids.NAME,
            word.span(),
            "`" + word.text() + "` cannot be a name",
            "a name is made of letters, digits and `_`, and starts with a letter or `_`");
        return false;
      }
    }
    return true;
  }
}
