package org.intervene.bundle;

import java.nio.file.Path;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** What can be wrong with a bundle. */
final class BundleProblems {
  private BundleProblems() {}

  static DiagnosticException unreadable(Path bundle, String why) {
    return problem(
        "bundle.unreadable",
        bundle,
        "this cannot be read as a bundle: " + why,
        "`intervene bundle SPEC -o X.zip` makes one; if it was downloaded, download it again");
  }

  static DiagnosticException unsafe(Path bundle, String entry, String why) {
    return problem(
        "bundle.unsafe",
        bundle,
        "`" + shown(entry) + "` is refused: " + why,
        "no program of this project wrote this archive; do not unpack it with another one");
  }

  static DiagnosticException tooLarge(Path bundle, String why) {
    return problem(
        "bundle.too-large",
        bundle,
        "this archive unpacks to more than a bundle holds: " + why,
        "look at what `unzip -l` lists before you do anything else with it");
  }

  static Diagnostic damaged(Path bundle, String entry, String why) {
    return Diagnostic.inFile(
        "bundle.damaged",
        bundle.toString(),
        "`" + shown(entry) + "` " + why,
        "ask its author for the bundle; this one was changed after it was made");
  }

  private static DiagnosticException problem(String id, Path bundle, String what, String help) {
    return DiagnosticException.resource(Diagnostic.inFile(id, bundle.toString(), what, help));
  }

  /** A name of somebody else's choice, fit for a terminal. */
  private static String shown(String name) {
    String text = name.replaceAll("\\p{Cntrl}", "\ufffd");
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
