package org.intervene.read;

import java.util.List;
import org.intervene.ast.Word;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Suggestions;

/** Says which words could have stood where an unknown one stands. */
final class UnknownWord {
  private UnknownWord() {}

  static Diagnostic at(Word word, List<String> words) {
    String all = "one of `" + String.join("`, `", words) + "` belongs here";
    return Suggestions.didYouMean(word.text(), words)
        .map(help -> diagnostic(word, help, all))
        .orElseGet(() -> diagnostic(word, all));
  }

  private static Diagnostic diagnostic(Word word, String... help) {
    return Diagnostic.error(
        Ids.WORD, word.span(), "`" + word.text() + "` has no meaning here", help);
  }
}
