package org.intervene.read;

import java.util.List;
import org.intervene.ast.Names;
import org.intervene.ast.Word;

/** Checks the keys of YAML that the author chose: they are names of the DSL. */
final class NameCheck {
  private NameCheck() {}

  /** Reports a word that cannot be a name. */
  static boolean passes(Word word, boolean dotted, Problems problems) {
    String[] parts = dotted ? word.text().split("\\.", -1) : new String[] {word.text()};
    for (String part : parts) {
      if (Names.RESERVED.contains(part)) {
        problems.add(Ids.RESERVED, word.span(), reserved(part), allReserved());
        return false;
      } else if (!Names.isName(part)) {
        problems.add(Ids.NAME, word.span(), quoted(word.text()) + " cannot be a name", rule());
        return false;
      }
    }
    return true;
  }

  static String reserved(String word) {
    return "`" + word + "` is an operator of the language and cannot be a name";
  }

  static String allReserved() {
    List<String> words = Names.RESERVED.stream().sorted().toList();
    return "reserved are `" + String.join("`, `", words) + "`";
  }

  static String rule() {
    return "a name is made of letters, digits and `_`, starts with a letter or `_`, and has at most "
        + Names.LONGEST
        + " characters";
  }

  private static String quoted(String name) {
    return name.isEmpty() ? "an empty text" : "`" + shortened(name) + "`";
  }

  static String shortened(String name) {
    int most = 40;
    return name.length() <= most ? name : name.substring(0, most) + "…";
  }
}
