package org.intervene.diagnostic;

import java.util.List;

/**
 * Stops a stage that cannot go on; carries everything that the stage found, never shown as a stack
 * trace.
 */
public final class DiagnosticException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who has to act: decides the exit status. */
  public enum Kind {
    /** The spec is wrong: exit status 2. */
    SPEC,
    /** Something that the spec needs is missing or broken: exit status 3. */
    RESOURCE,
    /** The memory budget cannot hold the work: exit status 4. */
    MEMORY
  }

  private final transient List<Diagnostic> diagnostics;
  private final Kind kind;

  public DiagnosticException(Kind kind, List<Diagnostic> diagnostics) {
    super(
        diagnostics.isEmpty()
            ? "no diagnostics"
            : diagnostics.get(0).id() + ": " + diagnostics.get(0).message());
    this.kind = kind;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Something needed is missing or broken. */
  public static DiagnosticException resource(Diagnostic... diagnostics) {
    return new DiagnosticException(Kind.RESOURCE, List.of(diagnostics));
  }

  /** The spec is wrong. */
  public static DiagnosticException spec(Diagnostic... diagnostics) {
    return new DiagnosticException(Kind.SPEC, List.of(diagnostics));
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  public Kind kind() {
    return kind;
  }
}
