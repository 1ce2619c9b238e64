package org.intervene.experiment;

import ai.djl.engine.EngineException;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.Span;

/** Memory that turned out to be full while a run was under way. */
public final class MemoryExhausted {
  private static final String ID = "memory.exhausted";

  private MemoryExhausted() {}

  /** What to say of a failure, if it is one of these, whatever it is wrapped in. */
  public static Optional<Diagnostic> of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError) {
        return Optional.of(ofJava());
      } else if (e instanceof EngineException && isFull(String.valueOf(e.getMessage()))) {
        return Optional.of(ofEngine(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static Diagnostic ofJava() {
    long most = Runtime.getRuntime().maxMemory();
    return Diagnostic.error(
        ID,
        Span.NONE,
        "Java's memory is full: it may take %s".formatted(Budget.mib(most)),
        "allow it more: `INTERVENE_JAVA_OPTIONS=-Xmx%s` before the command"
            .formatted(Budget.mib(2 * most)));
  }

  /** How libtorch words it, for the machine's memory and for a GPU's. */
  private static boolean isFull(String message) {
    return message.contains("can't allocate memory") || message.contains("CUDA out of memory");
  }

  private static Diagnostic ofEngine(String message) {
    String where = message.contains("CUDA") ? "the GPU's memory" : "the machine's memory";
    return Diagnostic.error(
        ID,
        Span.NONE,
        where + " is full: other programs take more of it than this run was planned with",
        "make its steps smaller with a smaller `--memory`, or end what else is running");
  }
}
