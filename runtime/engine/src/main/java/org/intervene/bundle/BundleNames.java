package org.intervene.bundle;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which names files in a bundle may have: those that mean the same file on every system. */
final class BundleNames {
  private static final int LONGEST = 200;

  private final Set<String> folded = new HashSet<>();

  /** Why a name may not stand beside those asked about before; nothing if it may. */
  Optional<String> objection(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.of("a name has 1 to " + LONGEST + " characters");
    }
    if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || "\\:*?\"<>|".indexOf(c) >= 0)) {
      return Optional.of("a character that not every system takes in a name");
    }
    if (name.startsWith("/")) {
      return Optional.of("an absolute path");
    }
    if (Arrays.stream(name.split("/", -1)).anyMatch(BundleNames::leads)) {
      return Optional.of("a path that leads elsewhere");
    }
    String same = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return folded.add(same)
        ? Optional.empty()
        : Optional.of("a second file of this name, letter case aside");
  }

  /** Empty parts, {@code .} and {@code ..}, and parts whose end some systems drop. */
  private static boolean leads(String part) {
    return part.isEmpty() || part.endsWith(".") || part.endsWith(" ");
  }
}
