package org.intervene.engine.source;

import java.nio.file.Path;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;

/** What can be wrong with the models that come with the program, and with the cache. */
final class SourceProblem {
  private SourceProblem() {}

  static DiagnosticException brokenBuiltin(String name, String why) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "builtin.broken",
            "builtin:" + name,
            "the embedded model is damaged: " + why,
            "build or install the program again"));
  }

  static DiagnosticException cacheNotWritable(Path cache, Exception why) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "cache.write-failed",
            cache.toString(),
            "an embedded model cannot be written here, nor to the system's temporary directory: "
                + reason(why),
            "make room, or set INTERVENE_CACHE to a directory that can be written"));
  }

  /** What an exception says, for a message. */
  static String reason(Exception e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : kind + ": " + e.getMessage();
  }
}
