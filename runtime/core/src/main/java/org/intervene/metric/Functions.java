package org.intervene.metric;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intervene.check.AtomFunctions;
import org.intervene.check.Reductions;

/** The functions that an expression may call. */
final class Functions {
  /**
   * Work on every entry; {@code min} and {@code max} do so with two arguments or more, with one
   * they are reductions.
   */
  private static final Set<String> ELEMENTWISE =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of("exp", "log", "abs", "sqrt", "round", "min", "max")));

  private static final Set<String> ALL = union();

  private Functions() {}

  /** All of them: those that read the model, reductions, and those that work on every entry. */
  static Set<String> all() {
    return ALL;
  }

  private static Set<String> union() {
    Set<String> all = new LinkedHashSet<>(AtomFunctions.names());
    all.addAll(Reductions.names());
    all.addAll(ELEMENTWISE);
    return Collections.unmodifiableSet(all);
  }
}
