package org.intervene.bundle;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.intervene.ast.AuthorsClause;
import org.intervene.ast.Spec;

/**
 * A person who made an experiment.
 *
 * @param given empty for who has one name
 */
record Author(String given, String family) {

  /** Reads {@code Given Family} or {@code Family, Given}. */
  static Author of(String name) {
    int comma = name.indexOf(',');
    if (comma >= 0) {
      return new Author(name.substring(comma + 1).strip(), name.substring(0, comma).strip());
    }
    String words = name.strip();
    int space = words.lastIndexOf(' ');
    return new Author(words.substring(0, Math.max(space, 0)).strip(), words.substring(space + 1));
  }

  /** The authors of a spec, in its order. */
  static List<Author> of(Spec spec) {
    return spec.authors().map(AuthorsClause::names).orElse(List.of()).stream()
        .map(name -> of(name.text()))
        .toList();
  }

  String name() {
    return given.isEmpty() ? family : given + " " + family;
  }

  /** As BibTeX takes it whatever the name looks like. */
  String sorted() {
    return given.isEmpty() ? "{" + family + "}" : family + ", " + given;
  }

  /** An identifier within RO-Crate metadata. */
  String id() {
    return "#"
        + name()
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .map(c -> Character.isLetterOrDigit(c) ? c : '-')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }
}
