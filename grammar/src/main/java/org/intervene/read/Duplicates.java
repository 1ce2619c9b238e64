package org.intervene.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;

/** Says that something stands twice where it may stand once. */
final class Duplicates {
  private Duplicates() {}

  /** A part of a clause that is repeated. */
  static Diagnostic of(String id, String name, Span second) {
    return Diagnostic.error(id, second, "`" + name + "` is given twice", "remove one of them");
  }

  /**
   * Reports each name that was already used by a thing of the same kind.
   *
   * @param kind what is named, such as {@code run}
   */
  static void report(List<Word> names, String kind, Problems problems) {
    Map<String, Word> first = new HashMap<>();
    for (Word name : names) {
      Word earlier = first.putIfAbsent(name.text(), name);
      if (earlier != null) {
        problems.add(
            Ids.DUPLICATE_NAME,
            name.span(),
            "there are two "
                + kind
                + "s `"
                + name
                + "`; the first is in line "
                + earlier.span().line(),
            "rename or remove one of them");
      }
    }
  }
}
