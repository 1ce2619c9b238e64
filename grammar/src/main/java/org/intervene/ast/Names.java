package org.intervene.ast;

import java.util.Set;
import java.util.regex.Pattern;

/** Which words may be names, the same in both notations. */
public final class Names {
  /** Operators spelled as words; every other word may be a name. */
  public static final Set<String> RESERVED =
      Set.of("all", "and", "else", "if", "not", "or", "then");

  /** Words that begin a statement, or the exception of one. */
  public static final Set<String> STATEMENTS =
      Set.of(
          "ablate",
          "add",
          "clamp",
          "collect",
          "except",
          "freeze",
          "knock",
          "mean",
          "noise",
          "patch",
          "resample",
          "scale",
          "set",
          "skip",
          "steer",
          "subtract",
          "zero");

  /** Longer names cannot be keys of YAML and help nobody. */
  public static final int LONGEST = 200;

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");

  private Names() {}

  /** Whether a text has the form of a name; it may still be reserved. */
  public static boolean isName(String text) {
    return text.length() <= LONGEST && NAME.matcher(text).matches();
  }
}
